"""La lettre qui porte le code : une page, à plier sous enveloppe, pour l'adresse de Sirene."""

from datetime import datetime

from django.conf import settings

from beffroi.personnes.niveaux.models import LettreDeCode
from beffroi.personnes.niveaux.rules import DUREE_D_UN_CODE, ESSAIS_D_UN_CODE
from beffroi.socle.fondations import exploitant
from beffroi.socle.fondations.adresses import lien_vers
from formats import dates
from formats.document import (
    Bloc,
    Cadre,
    Chapitre,
    Document,
    Emetteur,
    Fiche,
    Paragraphe,
    pdf,
    phrase,
)


def composer(demandee: LettreDeCode, *, code: str, maintenant: datetime) -> bytes:
    equipe = demandee.equipe
    lieu = " ".join(demandee.adresse.split())
    document = Document(
        titre="Un code pour votre entreprise",
        objet=f"{equipe.nom}, établissement {equipe.identifiant}",
        reference=demandee.reference,
        nature="Lettre",
        numerote=False,
        emetteur=Emetteur(exploitant.nom(maintenant)),
        etabli_le=maintenant,
        ouverture=(Fiche((("À", phrase(equipe.nom)), ("Adresse", phrase(lieu)))),),
        chapitres=(Chapitre("Pourquoi cette lettre", _corps(demandee, code, maintenant)),),
    )
    return pdf(document)


def _corps(demandee: LettreDeCode, code: str, maintenant: datetime) -> tuple[Bloc, ...]:
    """Qui la reçoit n'a peut-être rien demandé : il lit qui l'a fait, et quoi faire."""
    service, fin = settings.SERVICE, maintenant + DUREE_D_UN_CODE
    pourquoi = (
        f"{demandee.membre.utilisateur.nom} répond à des marchés publics pour votre entreprise "
        f"sur {service['nom']}, et a demandé à le prouver. Qui tape ce code montre qu'il reçoit "
        "le courrier de l'entreprise."
    )
    doute = (
        "Vous ne connaissez pas cette personne ? Ne lui donnez pas ce code. "
        f"Appelez-nous : {service['telephone']}."
    )
    jusque = f"Jusqu'au {dates.jour(fin)}. {ESSAIS_D_UN_CODE} essais, une seule fois."
    return (
        Paragraphe(phrase(pourquoi)),
        Cadre(
            "Votre code",
            phrase(" ".join(code[i : i + 4] for i in range(0, len(code), 4))),
            (phrase(jusque), phrase(f"À taper ici : {lien_vers('niveaux:code')}")),
        ),
        Paragraphe(phrase(doute), "attention"),
    )
