"""The scheduler: jobs at fixed times, each in a process of its own, and the log of their starts.

Takes the jobs of the settings; produces processes and entries in the job log. May import only the bottom layer of
monitor.
"""
