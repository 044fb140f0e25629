"""Les adresses qui n'ont pas d'écran à regarder, et pourquoi."""

from tests.parcours.ecran import POST

SANS_ECRAN = {
    "preuves:attestation": POST,
}
