"""Le défi lui-même : une page, lisible, qui dit à quoi sert de la signer, et à rien d'autre."""

from datetime import datetime

from beffroi.personnes.entreprises.models import Membre
from beffroi.personnes.entreprises.queries import collegues_de
from beffroi.personnes.niveaux.rules import DUREE_D_UN_DEFI
from beffroi.socle.fondations.adresses import lien_vers
from formats import dates
from formats.document import (
    Cadre,
    Chapitre,
    Document,
    Emetteur,
    Fiche,
    Liste,
    pdf,
    phrase,
)
from formats.document.phrases import Phrase

PERSONNES_NOMMEES = 100


def composer(
    membre: Membre, *, reference: str, alea: str, service: str, maintenant: datetime
) -> bytes:
    """Qui signe lit le nom de qui l'a demandé : on ne signe pas pour une équipe inconnue."""
    equipe = membre.equipe
    fin = maintenant + DUREE_D_UN_DEFI
    document = Document(
        titre="Défi à signer",
        objet=f"Prouver que l'équipe « {equipe.nom} » agit pour l'entreprise",
        reference=reference,
        nature="Défi",
        numerote=False,
        emetteur=Emetteur(service),
        etabli_le=maintenant,
        chapitres=(
            Chapitre(
                "Ce que prouve votre signature",
                (
                    Cadre(
                        "À lire avant de signer",
                        phrase(
                            f"{membre.utilisateur.nom} ({membre.utilisateur.courriel}) agit pour "
                            f"l'entreprise {equipe.numero_d_entreprise}, et l'entreprise le "
                            "reconnaît."
                        ),
                        (
                            phrase(
                                "Ne signez pas si vous ne connaissez pas cette personne, ou si "
                                "vous n'avez rien demandé."
                            ),
                        ),
                    ),
                    Liste(
                        (
                            phrase("Signez ce fichier tel quel, sans l'imprimer ni l'annoter."),
                            phrase(
                                "Signez d'un certificat qualifié qui porte le numéro de "
                                "l'entreprise."
                            ),
                            phrase("Cette signature n'engage à rien d'autre, et ne dépose rien."),
                        )
                    ),
                ),
            ),
            Chapitre("Ce défi", (Fiche(_lignes(membre, reference, alea, maintenant, fin)),)),
        ),
    )
    return pdf(document)


def _lignes(
    membre: Membre, reference: str, alea: str, maintenant: datetime, fin: datetime
) -> tuple[tuple[str, Phrase], ...]:
    equipe = membre.equipe
    return (
        ("Équipe", phrase(f"{equipe.nom}, {equipe.identifiant} ({equipe.reference})")),
        ("Demandé par", phrase(f"{membre.utilisateur.nom}, {membre.utilisateur.courriel}")),
        ("Autres personnes de l'équipe", phrase(_autres(membre))),
        ("Demandé le", phrase(dates.jour_et_heure(maintenant))),
        ("À rendre avant le", phrase(dates.jour_et_heure(fin))),
        ("À rendre ici", phrase(lien_vers("niveaux:defi"))),
        ("Référence", phrase(reference)),
        ("Aléa", phrase(" ".join(alea[i : i + 8] for i in range(0, len(alea), 8)))),
    )


def _autres(membre: Membre) -> str:
    """Signer prouve l'équipe entière : qui signe lit qui y est."""
    siens = collegues_de(membre)[:PERSONNES_NOMMEES]
    noms = [f"{un.utilisateur.nom}, {un.utilisateur.courriel}" for un in siens]
    return " ; ".join(noms) or "aucune"
