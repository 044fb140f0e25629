"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

EXCUSES = {
    "mesuré par la sonde": (
        "Mesure.durees Mesure.recepisse EcartDHorloge.source MesureExterieure.source"
    ),
}
