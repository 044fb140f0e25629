"""Les variantes : RC-29."""

from typing import Literal

from beffroi.constats.rules.constat import Ecart, Fonctions, Gravite, Reponses
from beffroi.constats.rules.faits import Projet, Reglement
from beffroi.relectures.rules.reperage import Mention, Trouvaille, plier

Regime = Literal["interdites", "autorisées"]
_HORS_SUJET = ("prestation", "exigences minimales", "enveloppe", "separe")


def regime_par_defaut(projet: Projet) -> Regime | None:
    """Ce que le code répond quand l'acheteur ne dit rien (CCP, art. R. 2151-8) ; rien s'il n'a pas été lu."""
    variantes = projet.procedure.variantes
    if variantes.startswith("interdites"):
        entite = projet.achat.acheteur.type_d_acheteur == "entité adjudicatrice"
        return "autorisées" if entite and "entité adjudicatrice" in variantes else "interdites"
    return "autorisées" if variantes.startswith("autorisées") else None


def _exigences(projet: Projet) -> Reponses:
    variantes = projet.achat.offre.variantes
    if variantes.regime is None:
        defaut = regime_par_defaut(projet)
        if defaut:
            yield Ecart(
                quoi=f"Vous n'avez rien dit des variantes : elles sont {defaut}.",
                champ="offre.variantes.regime",
                attendu="autorisées, interdites ou exigées",
                remede="Choisissez : autorisées, interdites ou exigées.",
                gravite=Gravite.INFORMATION,
            )
    elif variantes.regime != "interdites" and not variantes.exigences_minimales.strip():
        yield Ecart(
            quoi=f"Les variantes sont {variantes.regime}, sans exigences minimales.",
            champ="offre.variantes.exigences_minimales",
            attendu="ce qu'une variante respecte, et comment la présenter",
            remede="Écrivez les exigences minimales, ou interdisez les variantes.",
        )


def _variantes_du_texte(projet: Projet, reglement: Reglement) -> Reponses:
    attendu = projet.achat.offre.variantes.regime or regime_par_defaut(projet)
    if attendu is None:
        return
    for mention in reglement.mentions("variantes"):
        plie = plier(mention.phrase)
        if any(mot in plie for mot in _HORS_SUJET) or not _tranche(plie):
            continue
        if mention.valeur.niee == (attendu == "interdites"):
            continue
        yield Ecart(
            quoi="Le règlement et la consultation ne disent pas la même chose des variantes.",
            ou=mention,
            attendu=f"variantes {attendu}",
            remede="Dites la même chose partout.",
            doute=_doute(projet, mention),
        )


def _tranche(plie: str) -> bool:
    """La phrase autorise, interdit ou exige, et ne fait pas que parler des variantes."""
    return any(
        mot in plie
        for mot in ("autoris", "interdi", "admis", "accept", "exige", "prevu", "permis", "proposer", "possib")
    )


def _doute(projet: Projet, mention: Trouvaille[Mention]) -> str:
    if projet.achat.offre.variantes.regime is None:
        return "La consultation ne dit rien : on lui a prêté la règle du code."
    if "lot" in plier(mention.phrase):
        return "La phrase peut ne parler que d'un lot."
    return ""


FONCTIONS = {
    "RC-29": Fonctions(projet=_exigences, comparaison=_variantes_du_texte),
}
