"""Les écrans de l'achèvement :
l'avis d'attribution d'un appel d'offres signé, et le rapport de présentation.
"""

from tests.parcours.ecran import FICHIER, Arguments, Ecran, envoyer, joint, objet

SIGNEE = objet(
    "SELECT c.reference FROM marches_marche m JOIN consultations_consultation c ON c.id "
    "= m.consultation_id"
    " WHERE m.numero = '2026-031'"
)
SANS_CONTRAT = objet(
    "SELECT c.reference FROM attribution_attribution a JOIN consultations_consultation c ON c.id "
    "= a.consultation_id"
)
CONTRAT = objet("SELECT reference FROM marches_marche WHERE numero = '2026-032'")
OUBLIE = objet("SELECT reference FROM marches_marche WHERE numero = '2026-007'")
VERSION = objet("SELECT reference FROM achevement_rapportdepresentation", "rapport")
AVIS = objet("SELECT reference FROM avis_avis WHERE sorte = 'attribution'", "avis")


def forme(consultation: Arguments, nom: str) -> Arguments:
    return joint(consultation, lambda objets: {"forme": nom})


ECRANS = [
    Ecran("achevement:avis", "martine", SIGNEE),
    Ecran("achevement:avis", "yvette", SIGNEE, etat="lecture"),
    Ecran("achevement:avis", "martine", SANS_CONTRAT, etat="a-signer"),
    Ecran("achevement:ecrire", "martine", forme(SIGNEE, "europeenne")),
    Ecran("achevement:ecrire", "martine", forme(SIGNEE, "nationale"), etat="nationale"),
    Ecran("achevement:ecrire", "martine", forme(SIGNEE, "europeenne"), etat="erreur",
          geste=envoyer(bouton="Écrire cet avis", recues_2="0"), statut=422),
    Ecran("achevement:rapport", "martine", SIGNEE),
    Ecran("achevement:rapport", "yvette", SANS_CONTRAT, etat="sans-version"),
    Ecran("achevement:communiquer", "martine", joint(SIGNEE, VERSION)),
    Ecran("achevement:communiquer", "martine", joint(SIGNEE, VERSION), etat="erreur",
          geste=envoyer(bouton="Noter l’envoi"), statut=422),
    Ecran("marches:contrat", "martine", CONTRAT, etat="avis-du"),
    Ecran("marches:contrat", "martine", OUBLIE, etat="avis-en-retard"),
    Ecran("avis:avis", "martine", joint(SIGNEE, AVIS), etat="attribution"),
]  # fmt: skip
SANS_ECRAN = {
    **dict.fromkeys(("achevement:apercu", "achevement:fichier"), FICHIER),
}
