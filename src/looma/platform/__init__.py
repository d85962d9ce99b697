"""What all services stand on."""
