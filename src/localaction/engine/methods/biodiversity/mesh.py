"""How connected natural areas are: effective mesh size and coherence."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from localaction.engine.methods.checking import checked, checked_part
from localaction.engine.methods.registry import implements


class Mesh(NamedTuple):
    """Natural area in all, ha; groups of connected patches; mesh sizes, ha; coherence, 0 to 1."""

    natural_area_ha: NDArray[np.float64]
    groups: NDArray[np.float64]
    effective_mesh_size_ha: NDArray[np.float64]
    coherence: NDArray[np.float64]
    landscape_mesh_size_ha: NDArray[np.float64]


@implements("biodiversity.effective_mesh/1")
def effective_mesh(
    patch_ha: ArrayLike, group: ArrayLike | None = None, landscape_ha: float | None = None
) -> Mesh:
    """Return the effective mesh size of natural areas and their coherence.

    Formula: ``EMS = sum(A_G^2) / sum(A_G)`` over groups G of connected patches; ``coherence = EMS /
    sum(A_G)``, the probability that two points of natural area lie in the same group. The classical mesh size
    divides by the area of the whole landscape instead; the two are never mixed.

    Parameters
    ----------
    patch_ha : array_like, shape (patch,)
        Area of each patch of natural area, ha; above zero.
    group : array_like of str, shape (patch,), optional
        Which patches are connected: those of one name. Left out: every patch stands alone.
    landscape_ha : float, optional
        Area of the whole landscape, ha; at least the natural area. Left out: the natural area itself.

    Returns
    -------
    Mesh
        One value each.

    Raises
    ------
    InputProblem
        If an area is not above zero, or the landscape is smaller than its natural areas.

    Source
    ------
    ``wri-urbanshift-2023``, technical note after Deslauriers and others; Jaeger (2000) for the other.
    """
    areas = checked("patch_ha", patch_ha, low=0.0, open_low=True)
    names = np.arange(areas.size).astype(np.str_) if group is None else np.asarray(group, dtype=np.str_)
    _, index = np.unique(names, return_inverse=True)
    groups = np.bincount(index, weights=areas)
    total = groups.sum()
    squares = np.square(groups).sum()
    landscape = total
    if landscape_ha is not None:
        landscape = checked("landscape_ha", landscape_ha, low=0.0, open_low=True)
        checked_part("patch_ha", total, "the area of the landscape", landscape)
    return Mesh(
        natural_area_ha=np.asarray(total),
        groups=np.asarray(float(len(groups))),
        effective_mesh_size_ha=np.asarray(squares / total),
        coherence=np.asarray(squares / total**2),
        landscape_mesh_size_ha=np.asarray(squares / landscape),
    )
