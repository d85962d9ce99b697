"""The AI gateway: the unified request format, workflows, and the runs that they become."""
