"""The scheduler: the jobs at their times, each in a process of its own, and the log of their starts.

Takes the jobs of the settings; gives processes and lines in the job log. May import the ground of monitor only.
"""
