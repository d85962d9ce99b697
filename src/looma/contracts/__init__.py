"""What each service promises the others: records, errors, operations."""
