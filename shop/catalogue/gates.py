"""What rooms above ask of a boutique before anything of it is published: sentences, none when all is well."""

from collections.abc import Callable, Iterable

from shop.vendors.models import Vendor

_gates: list[Callable[[Vendor], Iterable[str]]] = []


def register(gate: Callable[[Vendor], Iterable[str]]) -> None:
    """Called by a room when it is ready."""
    if gate not in _gates:
        _gates.append(gate)


def closed_gates(vendor: Vendor) -> list[str]:
    """What keeps this boutique from publishing, whatever the listing."""
    return [sentence for gate in _gates for sentence in gate(vendor)]
