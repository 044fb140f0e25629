"""La première page du règlement : l'heure limite, l'essentiel, et ce qui manque encore."""

from beffroi.achat.redaction import mots
from beffroi.achat.redaction.clauses import Blocs, dire, enumerer
from beffroi.achat.redaction.faits import Faits
from beffroi.achat.redaction.reglement import depot
from formats import dates, pluriels
from formats.document import Fiche, Paragraphe, a_completer, gras, phrase


def essentiel(faits: Faits) -> Blocs:
    achat = faits.achat
    duree = achat.execution.duree_en_mois
    questions = achat.dates.derniere_question
    lots = pluriels.compter(len(faits.lots), "lot") if faits.lots else "un seul lot"
    lignes = (
        ("Procédure", phrase(faits.procedure.libelle)),
        ("Division", phrase(lots)),
        (
            "Durée",
            phrase(
                mots.mois(duree)
                if duree is not None
                else a_completer("execution.duree_en_mois", "la durée du contrat")
            ),
        ),
        (
            "Dernières questions",
            phrase(
                dates.echeance(questions)
                if questions is not None
                else a_completer("dates.derniere_question", "la date limite des questions")
            ),
        ),
    )
    return (depot.limite(faits), Fiche(lignes), *marche_a_suivre(faits))


def marche_a_suivre(faits: Faits) -> Blocs:
    """Quatre gestes, pour qui répond la première fois."""
    quoi = "votre candidature" if faits.est_en_deux_temps else "votre candidature et votre offre"
    return (
        dire(gras("Pour répondre")),
        enumerer(
            (
                "Téléchargez le dossier, en entier et sans compte.",
                "Posez vos questions en ligne, avant la date donnée plus haut.",
                f"Préparez {quoi}, avec la liste des pièces à déposer.",
                "Déposez en ligne, et gardez l'accusé de réception.",
            )
        ),
    )


def projet(nombre_de_manques: int) -> Blocs:
    """Tant qu'il manque une réponse, la couverture le dit : ce document n'est pas bon à publier."""
    if not nombre_de_manques:
        return ()
    manques = pluriels.compter(nombre_de_manques, "information manque", "informations manquent")
    return (
        Paragraphe(
            phrase(f"Projet. {manques} encore : le texte les signale par « À compléter »."),
            "attention",
        ),
    )
