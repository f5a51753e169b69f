"""What the folders of rendered scenes that `touchstone scenes render` writes say of their pictures."""

from __future__ import annotations

from pathlib import Path

import numpy as np

VALIDATION_IMAGES = 2048


def first_for_training(count: int) -> int:
    """The pictures before this one are held out, where a folder has enough."""
    return VALIDATION_IMAGES if count > 4 * VALIDATION_IMAGES else 0


def shows_face(folder: Path, facts: dict) -> np.ndarray:
    """[pictures] whether the subject is a face; facts are those of shard.json."""
    names = [attribute["name"] for attribute in facts["attributes"]]
    values = np.fromfile(folder / "attributes.u8", np.uint8).reshape(facts["count"], len(names))
    subject = names.index("subject")
    return values[:, subject] == facts["attributes"][subject]["choices"].index("face")
