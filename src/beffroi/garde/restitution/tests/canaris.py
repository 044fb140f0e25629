"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

PLANTES = {
    "Restitution": "refus",
    "Reprise": "nom origine restitution",
    "ConsultationReprise": "titre",
    "PieceReprise": "titre nom sorte etape",
    "PieceHorsConsultation": "titre nom sorte etape",
}
EXCUSES = {
    "la référence d'un objet": "ConsultationReprise.reference",
    "l'empreinte et la clé d'une archive, vérifiées": (
        "Restitution.manifeste Reprise.manifeste Restitution.cle_de_l_inventaire "
        "Restitution.sha256_de_l_inventaire "
        "Reprise.cle_d_origine"
    ),
    "les faits d'une consultation reprise, vérifiés avec leur archive": "ConsultationReprise.faits",
}
