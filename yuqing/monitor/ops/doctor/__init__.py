"""`yuqing doctor`: what is ready, what is missing, what is wrong, and repairs.

:mod:`checks` examines the installation, :mod:`data` the files of the data folder, and :mod:`repair` repairs the latter.
Takes settings; produces a :class:`~yuqing.monitor.ops.doctor.data.Finding` for each thing examined. May import whatever
ops may.
"""
