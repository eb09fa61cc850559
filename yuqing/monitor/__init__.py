"""What ties it together: the command line, settings, runs, schedule, operation and alerts.

Takes a command and the settings of yuqing.toml; gives exit codes, files and lines on the terminal. May import
everything. Its floors, each of which may import those below it:

- ``cli``, ``commands``: what a user types and sees
- ``publish``: the report, the review page, the scores of the rules
- ``ops``: doctor, backup and restore, health, metrics
- ``run`` (pages on their way into the store) and ``alerts``, which do not know each other
- ``schedule``: jobs at their times
- ``workspace``, ``ledger``, ``probe_book``, ``lock``, ``settings``, ``logs``: what all of these open and read
"""
