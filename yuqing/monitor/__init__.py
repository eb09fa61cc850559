"""What ties everything together: the command line, settings, runs, schedule, operations and alerts.

Takes a command and the settings of yuqing.toml; produces exit codes, files and terminal output. May import everything.
Its layers, each of which may import the ones below it:

- ``cli``, ``commands``: what a user types and sees
- ``publish``: the report, the review page, the scores of the rules
- ``ops``: doctor, backup and restore, health, metrics
- ``run`` (pages on their way into the store) and ``alerts``, which do not know each other
- ``schedule``: jobs and when they run
- ``workspace``, ``ledger``, ``probe_book``, ``lock``, ``settings``, ``logs``: shared by all of these
"""
