"""Les adresses qui n'ont pas d'écran à regarder, et pourquoi."""

from tests.parcours.ecran import FICHIER

SANS_ECRAN = {
    **dict.fromkeys(
        (
            "facturation:pdf",
            "facturation:xml",
            "facturation:fichier_pes",
            "facturation:toutes_en_pdf",
            "facturation:toutes_en_xml",
            "facturation:mon_pdf",
            "facturation:mon_xml",
        ),
        FICHIER,
    ),
}
