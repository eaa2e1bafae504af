"""What can go wrong with stock, in the words of the domain."""


class OutOfStock(Exception):
    """Fewer pieces are left than asked for; `stockrecord_id` names which."""

    def __init__(self, *, stockrecord_id: int) -> None:
        super().__init__(f"Not enough left of stock record {stockrecord_id}")
        self.stockrecord_id = stockrecord_id
