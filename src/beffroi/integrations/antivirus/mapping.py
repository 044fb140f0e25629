"""Ce que les réponses de clamd veulent dire ici."""

from beffroi.seance.antivirus.rules import Constat, Etat

TROUVE, ERREUR = " FOUND", " ERROR"
# clamd annonce ainsi, comme une menace,
# ce qu'il n'a pas pu lire jusqu'au bout (AlertExceedsMax, AlertEncrypted).
NON_LUS = {
    "Heuristics.Limits.Exceeded": "le fichier dépasse ce que l'antivirus accepte de lire",
    "Heuristics.Encrypted": "le fichier est chiffré ou protégé par un mot de passe",
}
REFUS_DE_TAILLE = "INSTREAM size limit exceeded"


def constat_de(reponse: str, *, moteur: str) -> Constat | None:
    """Sain, infecté, non analysé ; rien quand la réponse n'en est pas une."""
    if reponse == "OK":
        return Constat(Etat.SAIN, moteur=moteur)
    if reponse.endswith(TROUVE):
        return _trouve(reponse.removesuffix(TROUVE), moteur=moteur)
    if reponse.startswith(REFUS_DE_TAILLE):
        return Constat(Etat.NON_ANALYSE, motif=NON_LUS["Heuristics.Limits.Exceeded"], moteur=moteur)
    if reponse.endswith(ERREUR):
        return Constat(
            Etat.NON_ANALYSE,
            motif=f"l'antivirus n'a pas pu le lire ({reponse[:120]})",
            moteur=moteur,
        )
    return None


def _trouve(menace: str, *, moteur: str) -> Constat:
    for debut, motif in NON_LUS.items():
        if menace.startswith(debut):
            return Constat(Etat.NON_ANALYSE, motif=motif, moteur=moteur)
    return Constat(Etat.INFECTE, menace=menace[:200] or "menace sans nom", moteur=moteur)
