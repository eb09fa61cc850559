"""The issue as people write it: their edits over the drafted report, outdated ones told, and the sign-off."""
