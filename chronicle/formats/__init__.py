"""What Django writes by itself: days in the desk's lists, and signs within numbers.

Days and moments that readers see are written by ``chronicle.localised``.
"""
