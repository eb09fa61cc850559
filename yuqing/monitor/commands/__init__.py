"""The commands by group, and what they print.

Takes arguments as parsed by typer; produces terminal output and exit codes. May import all of monitor except cli.
"""
