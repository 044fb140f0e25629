"""Les processus de cette machine."""

import os


def vit(processus: int) -> bool:
    """Vrai aussi de celui d'un autre compte."""
    try:
        os.kill(processus, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
