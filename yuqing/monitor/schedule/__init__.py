"""The scheduler: its times, its jobs, and the process of each."""
