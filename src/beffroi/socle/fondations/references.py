"""Les références que les gens lisent, dictent et recopient :
courtes, sans lettre qui se confond.
"""

import secrets

# Sans I, L, O, U ni 0, 1 : rien qui se confonde au téléphone ou sur une photocopie.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def reference_opaque(prefixe: str, longueur: int = 8) -> str:
    """`R-7F3KPT2A` : imprévisible, unique en pratique, sûre dans une adresse."""
    return f"{prefixe}-" + "".join(secrets.choice(ALPHABET) for _ in range(longueur))
