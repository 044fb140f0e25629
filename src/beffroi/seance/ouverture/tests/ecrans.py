"""Ses écrans, qui les regarde et dans quel état ; les adresses qui n'en ont pas, et pourquoi."""

from typing import Any

from demo.personnages import MOT_DE_PASSE
from tests.parcours.ecran import MACHINE, POST, Ecran, Objets, envoyer, joint, ref, seance


def preparer_et_decider(page: Any) -> None:
    """La séance se prépare, ou se rejoint ; la présidence va décider de la réponse hors délai."""
    en_cours = page.get_by_role("link", name="Rejoindre la séance")
    with page.expect_navigation():
        (
            en_cours if en_cours.count() else page.get_by_role("button", name="Préparer la séance")
        ).click()
    if page.locator("input[name=password]").count():
        page.fill("input[name=password]", MOT_DE_PASSE)
        with page.expect_navigation():
            page.locator("main form button[type=submit]").first.click()
    page.goto(f"{page.url}hors-delai/")
    with page.expect_navigation():
        page.get_by_role("link", name="Décider").click()


def decider_sans_rien_dire(page: Any) -> None:
    preparer_et_decider(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Inscrire la décision").click()


def une_ouverte(objets: Objets) -> dict[str, object]:
    """Une enveloppe de la séance close."""
    return {
        "ouverture": objets.lire(
            "SELECT o.reference FROM ouverture_ouverturepli o JOIN ouverture_seance s ON "
            "s.id = o.seance_id"
            " WHERE s.reference = ?",
            objets.seance("depouillee"),
        )
    }


ECRANS = [
    Ecran("ouverture:preparation", "martine", ref("close")),
    Ecran("ouverture:preparation", "yvette", ref("close"), etat="lecture"),
    Ecran("ouverture:preparation", "martine", ref("publiee"), etat="trop-tot"),
    Ecran("ouverture:recouvrement", "martine", ref("close")),
    Ecran("ouverture:complement", "martine", ref("depouillee")),
    Ecran("ouverture:plis_ouverts", "martine", ref("depouillee")),
    Ecran("ouverture:seance", "helene", seance("en_ouverture"), etat="preside"),
    Ecran("ouverture:seance", "bernard", seance("en_ouverture"), etat="participe"),
    Ecran("ouverture:seance", "martine", seance("en_ouverture"), etat="rejoindre"),
    Ecran("ouverture:seance", "yvette", seance("en_ouverture"), etat="lecture"),
    Ecran(
        "ouverture:seance",
        "helene",
        seance("en_ouverture"),
        etat="projection",
        requete="?projection",
    ),
    Ecran("ouverture:seance", "martine", seance("depouillee"), etat="close"),
    Ecran("ouverture:hors_delai", "martine", seance("depouillee")),
    Ecran("ouverture:commission", "helene", seance("en_ouverture")),
    Ecran(
        "ouverture:commission",
        "helene",
        seance("en_ouverture"),
        etat="erreur",
        statut=422,
        geste=envoyer(delai_en_jours_francs="99"),
    ),
    Ecran(
        "ouverture:decision",
        "helene",
        ref("close"),
        depart="ouverture:preparation",
        geste=preparer_et_decider,
    ),
    Ecran(
        "ouverture:decision",
        "helene",
        ref("close"),
        etat="erreur",
        depart="ouverture:preparation",
        statut=422,
        geste=decider_sans_rien_dire,
    ),
    Ecran("ouverture:observation", "helene", joint(seance("depouillee"), une_ouverte)),
    Ecran("ouverture:recapitulatif", "helene", seance("depouillee")),
]

SANS_ECRAN = {
    "ouverture:soumissionnaires": (
        "demande deux équipes d'une même entreprise : éprouvé, axe compris, par leur parcours"
    ),
    **dict.fromkeys(
        (
            "ouverture:rejoindre",
            "ouverture:sans_conflit",
            "ouverture:presidence",
            "ouverture:installer",
            "ouverture:registre_lu",
            "ouverture:suspendre",
            "ouverture:abandonner",
            "ouverture:codes",
            "ouverture:alea",
            "ouverture:code",
            "ouverture:part",
            "ouverture:cles",
            "ouverture:hors_ligne",
            "ouverture:suivante",
            "ouverture:clore",
        ),
        POST,
    ),
    "ouverture:etat": MACHINE,
}
