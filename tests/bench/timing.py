import statistics
import time


def medians(*makers, turns=60, clock=time.perf_counter):
    """The median seconds of each of ``makers``, run by turns so that all meet the same noise.

    With ``clock=time.process_time`` it is the work of this process alone, however busy the machine.
    """
    seconds = [[] for _ in makers]
    for maker in makers:
        maker()
    for _ in range(turns):
        for maker, series in zip(makers, seconds, strict=True):
            start = clock()
            maker()
            series.append(clock() - start)
    return [statistics.median(series) for series in seconds]


def quickest(maker, turns):
    """The least seconds of ``maker``: of one thing at two moments, the noise is another."""
    seconds = []
    for _ in range(turns):
        start = time.perf_counter()
        maker()
        seconds.append(time.perf_counter() - start)
    return min(seconds)
