"""Les écrans de l'attribution : décider, écrire, attendre, répondre ;
et le résultat chez l'entreprise.
"""

from tests.parcours.ecran import FICHIER, POST, Arguments, Ecran, envoyer, joint, objet

ATTRIBUEE = objet(
    "SELECT c.reference FROM attribution_attribution a JOIN consultations_consultation c ON c.id "
    "= a.consultation_id"
)
# Dépouillée, en procédure adaptée : ses offres sont lues, rien n'y est décidé.
A_ATTRIBUER = objet(
    "SELECT c.reference FROM analyse_offre o JOIN consultations_consultation c ON c.id "
    "= o.consultation_id"
    " WHERE c.etat = 'depouillee' AND c.type_de_procedure = 'procedure_adaptee_ouverte'"
)
LETTRE = (
    "SELECT l.reference FROM attribution_lettre l JOIN attribution_suitedonnee s ON "
    "s.lettre_id = l.id"
    " JOIN entreprises_equipe e ON e.id = l.equipe_id"
    " WHERE s.issue = '{}' ORDER BY e.identifiant"
)
REJETEE = objet(LETTRE.format("rejetee"), "lettre")
# Celle de Zoé : d'autres entreprises sont retenues ailleurs.
RETENUE = objet(
    LETTRE.replace("ORDER", "AND e.identifiant = '99910002700013' ORDER").format("retenue"),
    "lettre",
)
DEMANDE = objet("SELECT reference FROM attribution_demandedemotifs", "demande")


def lot(consultation: Arguments, numero: int = 0) -> Arguments:
    return joint(consultation, lambda objets: {"lot": numero})


ECRANS = [
    Ecran("attribution:lots", "martine", A_ATTRIBUER, etat="a-decider"),
    Ecran("attribution:lots", "martine", ATTRIBUEE, etat="attente"),
    Ecran("attribution:lots", "yvette", ATTRIBUEE, etat="lecture"),
    Ecran("attribution:decider", "martine", lot(A_ATTRIBUER)),
    Ecran(
        "attribution:decider",
        "martine",
        lot(A_ATTRIBUER),
        etat="erreur",
        geste=envoyer(bouton="Attribuer"),
        statut=422,
    ),
    Ecran("attribution:decider", "martine", lot(ATTRIBUEE), etat="remplacer"),
    Ecran(
        "attribution:decider",
        "martine",
        lot(A_ATTRIBUER),
        requete="?titulaires=plusieurs",
        etat="plusieurs",
    ),
    Ecran("attribution:renoncer", "martine", lot(A_ATTRIBUER)),
    Ecran("attribution:lettres", "martine", A_ATTRIBUER, etat="vide"),
    Ecran("attribution:lettres", "martine", ATTRIBUEE, etat="parties"),
    Ecran("attribution:lettre", "martine", joint(ATTRIBUEE, REJETEE), etat="partie"),
    Ecran("attribution:envoyer", "martine", ATTRIBUEE, etat="vide"),
    Ecran("attribution:demandes", "martine", ATTRIBUEE),
    Ecran("attribution:demandes", "martine", A_ATTRIBUER, etat="vide"),
    Ecran("attribution:noter", "martine", ATTRIBUEE),
    Ecran("attribution:repondre", "martine", joint(ATTRIBUEE, DEMANDE)),
    Ecran("attribution:resultat", "sophie", REJETEE, etat="rejetee"),
    Ecran("attribution:resultat", "zoe", RETENUE, etat="retenue"),
]
SANS_ECRAN = {
    "attribution:rendre": (
        "n'existe que dans un organisme qui décide à deux : aucun ne le fait dans la démonstration"
    ),
    **dict.fromkeys(("attribution:valider", "attribution:faits"), POST),
    **dict.fromkeys(("attribution:agenda", "attribution:resultat_pdf"), FICHIER),
}
