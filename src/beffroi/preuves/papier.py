"""Deux pages pour un juge : ce qui s'est passé, dans l'ordre, et ce que cette preuve ne dit pas."""

from collections.abc import Sequence
from itertools import groupby

from django.conf import settings

from beffroi.preuves import mesures
from beffroi.preuves.faits import Preuve, Tentative
from beffroi.tentatives.frise import Fait
from formats import dates
from formats import document as d

TITRES = {"attestation": "Attestation de tentative de dépôt", "dossier": "Dossier de preuve"}
# Au-delà, le papier renvoie au JSON : un juge lit deux pages, et trouve le reste à côté.
FAITS_SUR_PAPIER = 60


def pdf(preuve: Preuve) -> bytes:
    return d.pdf(document(preuve))


def document(preuve: Preuve) -> d.Document:
    consultation = preuve.consultation
    return d.Document(
        titre=TITRES[preuve.sorte],
        objet=consultation.titre,
        reference=consultation.reference,
        emetteur=d.Emetteur(settings.SERVICE["exploitant"]),
        etabli_le=preuve.etablie_le,
        ouverture=(_fiche(preuve), d.Paragraphe(d.phrase(_en_bref(preuve)))),
        chapitres=(
            *(_chapitre(une) for une in preuve.tentatives),
            _service(preuve),
            _ce_que_cela_vaut(preuve),
        ),
        numerote=False,
    )


def _fiche(preuve: Preuve) -> d.Fiche:
    limite = preuve.consultation.date_limite_remise
    return d.Fiche(
        (
            ("Référence", d.phrase(preuve.reference)),
            ("Acheteur", d.phrase(preuve.consultation.organisme.nom)),
            ("Heure limite", d.phrase(dates.jour_et_heure_limite(limite) if limite else "Non fixée")),
            ("Établie le", d.phrase(dates.jour_et_heure(preuve.etablie_le, exacte=True))),
        )
    )


def _en_bref(preuve: Preuve) -> str:
    deposees = sum(bool(une.plis) for une in preuve.tentatives)
    if preuve.sorte == "attestation":
        return (
            "Cette réponse a été déposée." if deposees else "Cette réponse a été commencée. Elle n'a pas été déposée."
        )
    return f"{len(preuve.tentatives)} réponses commencées, {deposees} déposées. Aucun contenu n'est montré ici."


def _chapitre(tentative: Tentative) -> d.Chapitre:
    """Une table par jour : l'heure suffit à chaque ligne."""
    montres = tentative.faits[:FAITS_SUR_PAPIER]
    blocs: list[d.Bloc] = [
        _table(jour, tuple(faits)) for jour, faits in groupby(montres, key=lambda f: dates.jour(f.le))
    ]
    reste = len(tentative.faits) - FAITS_SUR_PAPIER
    if reste > 0:
        blocs.append(d.Paragraphe(d.phrase(f"Et {reste} autres faits, dans preuve.json."), "note"))
    return d.Chapitre(f"{tentative.entreprise}, réponse {tentative.brouillon.reference}", tuple(blocs))


def _table(jour: str, faits: Sequence[Fait]) -> d.Tableau:
    return d.Tableau(
        legende=f"Le {jour}, à l'heure de Paris que tenait le serveur.",
        entetes=("Heure", "Quoi", "Précision"),
        lignes=tuple(
            (
                d.phrase(f"{dates.heure_exacte(fait.le)}{dates.laquelle(fait.le)}"),
                d.phrase(fait.quoi),
                d.phrase(fait.precision),
            )
            for fait in faits
        ),
        largeurs=(2, 4, 6),
    )


def _service(preuve: Preuve) -> d.Chapitre:
    debut, fin = (dates.jour_et_heure(instant) for instant in (preuve.debut, preuve.fin))
    blocs = [d.Paragraphe(d.phrase(phrase)) for phrase in mesures.en_phrases(preuve.sante, fenetre=(debut, fin))]
    if not preuve.evenements:
        phrase = f"Du {debut} au {fin}, aucun incident ni maintenance n'a été annoncé."
        return d.Chapitre("L'état du service", (*blocs, d.Paragraphe(d.phrase(phrase))))
    elements = tuple(
        d.phrase(
            f"{une.get_sorte_display()} {une.reference} : {une.titre}, depuis le {dates.jour_et_heure(une.commence_le)}"
        )
        for une in preuve.evenements
    )
    return d.Chapitre("L'état du service", (*blocs, d.Liste(elements)))


def _ce_que_cela_vaut(preuve: Preuve) -> d.Chapitre:
    return d.Chapitre(
        "Ce que cette preuve vaut, et ce qu'elle ne dit pas",
        (
            d.Liste(
                (
                    d.phrase(
                        "Chaque dépôt, et chaque minute de traces, est une écriture d'un registre qui ne change pas."
                    ),
                    d.phrase(
                        "Un message affiché est celui que la page a rapporté. L'heure est celle où le serveur l'a reçu."
                    ),
                    d.phrase("Ce qu'un poste n'a jamais pu rapporter, sans réseau ou éteint, n'y est pas."),
                    d.phrase("Les dernières secondes avant un arrêt brutal de la machine peuvent manquer."),
                    d.phrase("Rien n'y est dit du contenu d'une réponse."),
                )
            ),
            d.Paragraphe(d.phrase("Pour vérifier, sans réseau : ./beffroi verifier preuve.zip. Voir VERIFIER.txt.")),
        ),
    )
