"""`yuqing doctor`: what is ready, what is missing, what is wrong, and the mending of it.

:mod:`checks` looks at the installation, :mod:`data` at the files of the data folder, :mod:`repair` mends these. Takes
settings; gives a :class:`~yuqing.monitor.ops.doctor.data.Finding` for each thing looked at. May import what ops may.
"""
