"""Ses écrans, qui les regarde et dans quel état ; les adresses qui n'en ont pas, et pourquoi."""

from typing import Any

from tests.parcours.ecran import FICHIER, POST, Ecran, seance


def deposer_sans_rien_dire(page: Any) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Déposer le procès-verbal signé").click()


ECRANS = [
    Ecran("proces_verbaux:signer", "martine", seance("depouillee")),
    Ecran(
        "proces_verbaux:signer",
        "martine",
        seance("depouillee"),
        etat="erreur",
        statut=422,
        geste=deposer_sans_rien_dire,
    ),
    Ecran("proces_verbaux:proces_verbal", "helene", seance("en_ouverture"), etat="en-cours"),
    Ecran("proces_verbaux:proces_verbal", "martine", seance("depouillee"), etat="clos"),
]

SANS_ECRAN = {
    "proces_verbaux:remarque": POST,
    **dict.fromkeys(("proces_verbaux:pdf", "proces_verbaux:signe"), FICHIER),
}
