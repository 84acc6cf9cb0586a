#!/usr/bin/env python3
"""Reads the event files of runs with TensorBoard's own reader and checks that no step stands twice.

    pip install tensorboard
    python3 Tests/Browser/read_events.py runs/NAME …
"""

import glob
import sys

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.backend.event_processing.event_file_loader import LegacyEventFileLoader

for folder in sys.argv[1:]:
    files = sorted(glob.glob(f"{folder}/events.out.tfevents.*"))
    assert files, f"{folder}: no event files"
    steps = {}
    for file in files:
        events = list(LegacyEventFileLoader(file).Load())
        assert events[0].file_version == "brain.Event:2", file
        for event in events:
            for value in event.summary.value:
                steps.setdefault(value.tag, []).append(event.step)
    accumulator = EventAccumulator(folder, size_guidance={"scalars": 0, "tensors": 0})
    accumulator.Reload()
    tags = accumulator.Tags()
    assert set(steps) == set(tags["scalars"] + tags["tensors"]), (sorted(steps), tags)
    for tag, found in sorted(steps.items()):
        read = accumulator.Scalars(tag) if tag in tags["scalars"] else accumulator.Tensors(tag)
        assert found == sorted(set(found)) == [event.step for event in read], (tag, found)
        print(f"{folder}: {tag}: {len(found)} from step {found[0]} to {found[-1]}")
