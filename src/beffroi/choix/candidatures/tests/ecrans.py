"""Les écrans des candidatures :
la grille, une candidature, ce qui lui manque, ses preuves, la décision.
"""

from tests.parcours.ecran import FICHIER, POST, Arguments, Ecran, envoyer, objet, ref

EXAMINEE = (
    "SELECT {} FROM candidatures_examendepiece e JOIN depots_pli p ON p.id = e.pli_id"
    " JOIN consultations_consultation c ON c.id = p.consultation_id ORDER BY e.id"
)
GRILLE = objet(EXAMINEE.format("c.reference"))
PREUVE = (
    "SELECT {} FROM candidatures_preuve v JOIN depots_pli p ON p.id = v.pli_id"
    " JOIN consultations_consultation c ON c.id = p.consultation_id ORDER BY v.id"
)
RESTREINTE = objet(
    "SELECT reference FROM consultations_consultation WHERE etat = 'depouillee'"
    " AND type_de_procedure = 'appel_offres_restreint'"
)
DEMANDEE = (
    "SELECT {} FROM candidatures_demandedecomplement d JOIN depots_pli p ON p.id = d.pli_id"
    " JOIN consultations_consultation c ON c.id = p.consultation_id ORDER BY d.id"
)

# Le plus gros fichier d'une candidature ouverte de cet appel d'offres : son DUME.
DUME = (
    "SELECT {} FROM ouverture_fichierouvert f JOIN ouverture_ouverturepli o ON "
    "o.id = f.ouverture_id"
    " JOIN depots_pli p ON p.id = o.pli_id JOIN consultations_consultation c ON c.id "
    "= p.consultation_id"
    " JOIN marches_marche m ON m.consultation_id = c.id JOIN depots_enveloppe v ON "
    "v.id = o.enveloppe_id"
    " WHERE m.numero = '2026-031' AND v.sorte = 'candidature' ORDER BY f.taille DESC"
)


def de(requete: str) -> Arguments:
    """La consultation et le pli que cette requête trouve en premier."""
    return lambda objets: {
        "reference": objets.lire(requete.format("c.reference")),
        "pli": objets.lire(requete.format("p.reference")),
    }


def sans_motif(page: object) -> None:
    page.get_by_label("Écartée").first.check()  # type: ignore[attr-defined]
    envoyer(bouton="Inscrire la décision")(page)


ECRANS = [
    Ecran("candidatures:grille", "martine", GRILLE),
    Ecran("candidatures:grille", "yvette", GRILLE, etat="lecture"),
    Ecran("candidatures:grille", "martine", ref("close"), etat="scellee"),
    Ecran("candidatures:grille", "martine", RESTREINTE, etat="deux-temps"),
    Ecran("candidatures:examiner", "martine", de(EXAMINEE)),
    Ecran("candidatures:examiner", "martine", de(DEMANDEE), etat="demandee"),
    Ecran("candidatures:examiner", "yvette", de(EXAMINEE), etat="lecture"),
    Ecran("candidatures:decider", "martine", de(EXAMINEE)),
    Ecran(
        "dume:lire",
        "martine",
        lambda objets: {
            "reference": objets.lire(DUME.format("c.reference")),
            "fichier": objets.lire(DUME.format("f.reference")),
        },
    ),
    Ecran(
        "candidatures:decider",
        "martine",
        de(EXAMINEE),
        etat="sans-motif",
        statut=422,
        geste=sans_motif,
    ),
    Ecran("candidatures:completer", "martine", GRILLE),
    Ecran(
        "candidatures:completer",
        "martine",
        GRILLE,
        etat="passe",
        statut=422,
        geste=envoyer(bouton="Envoyer la demande", jour_avant="2026-01-05", heure_avant="12:00"),
    ),
    Ecran("candidatures:ordre", "martine", GRILLE),
    Ecran("candidatures:ordre", "martine", RESTREINTE, etat="impossible"),
    Ecran("candidatures:preuves", "martine", de(PREUVE)),
    Ecran(
        "candidatures:preuves",
        "martine",
        de(PREUVE),
        etat="faute",
        statut=422,
        geste=envoyer(bouton="Garder la preuve"),
    ),
    Ecran("candidatures:demander_les_preuves", "martine", de(PREUVE)),
    Ecran(
        "candidatures:demander_les_preuves",
        "martine",
        de(PREUVE),
        etat="faute",
        statut=422,
        geste=envoyer(bouton="Envoyer la demande"),
    ),
]
SANS_ECRAN = {
    "candidatures:obtenir_les_preuves": POST,
    "candidatures:fichier_de_preuve": FICHIER,
}
