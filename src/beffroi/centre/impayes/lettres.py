"""Écrire une lettre d'impayé : le modèle, les faits du jour, le PDF et l'ODT.

Rien de tapé n'y devient du modèle.
"""

from datetime import datetime
from pathlib import Path

from django.conf import settings

from beffroi.centre.contributions.documents import numero_d_appel
from beffroi.centre.contributions.models import Contribution
from beffroi.centre.conventions import actes
from beffroi.centre.conventions.documents.ecriture import ecrire
from beffroi.centre.conventions.documents.faits import LIBELLES
from beffroi.centre.conventions.documents.modele import Modele, modele
from beffroi.centre.conventions.models import Convention
from beffroi.centre.conventions.services.pieces import Fichier
from beffroi.centre.impayes.models import LettreDImpaye
from beffroi.centre.impayes.rules.delais import jour_atteint
from beffroi.centre.impayes.rules.etapes import Situation
from beffroi.personnes.organismes.queries import exploitant
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from droit.dates import en_toutes_lettres
from formats.dates import PARIS
from formats.document import Document, odt, pdf
from formats.sommes import au_centime

DOSSIER = Path(__file__).parent / "modeles"
NOMS = {
    LettreDImpaye.Sorte.RELANCE: "rappel",
    LettreDImpaye.Sorte.MISE_EN_DEMEURE: "mise-en-demeure",
    LettreDImpaye.Sorte.BLOCAGE: "decision-de-blocage",
    LettreDImpaye.Sorte.FIN: "decision-de-fin",
}


def page_de(contribution: Contribution) -> str:
    """Où l'adhérent lit ce qu'il doit, et le conteste."""
    return f"{settings.ADRESSE_PUBLIQUE}/adhesion/{contribution.siret}/impaye/"


def telephone() -> str:
    """Qui appeler : le centre de gestion, sinon l'assistance."""
    return exploitant().telephone or str(settings.SERVICE["telephone"])


def ecrite(
    sorte: str,
    convention: Convention,
    contribution: Contribution,
    *,
    situation: Situation,
    motif: str = "",
    maintenant: datetime,
) -> tuple[Modele, tuple[Fichier, Fichier]]:
    """Le modèle retenu, et ses deux fichiers.

    Un blanc dans une lettre qui engage se refuse, et se nomme.
    """
    retenu = modele(sorte, dossier=DOSSIER)
    jour = maintenant.astimezone(PARIS).date()
    autres = _champs(contribution, situation=situation, motif=motif, maintenant=maintenant)
    dits = actes.faits(convention, le=jour, autres=autres)
    document = ecrire(
        retenu,
        dits,
        reference=numero_d_appel(contribution),
        objet=contribution.nom,
        etabli_le=maintenant,
        nature="Lettre",
    )
    _exiger_sans_blanc(document)
    nom = f"{NOMS[LettreDImpaye.Sorte(sorte)]}-{numero_d_appel(contribution)}"
    return retenu, (Fichier(f"{nom}.pdf", pdf(document)), Fichier(f"{nom}.odt", odt(document)))


def _exiger_sans_blanc(document: Document) -> None:
    manques = [LIBELLES[manque.cible] for manque in document.manques()]
    if manques:
        raise RegleEnfreinte(
            f"Il manque, dans les paramètres du centre ou la convention : {', '.join(manques)}. "
            "La lettre ne s'écrit pas avec "
            "un blanc."
        )


def _champs(
    contribution: Contribution, *, situation: Situation, motif: str, maintenant: datetime
) -> dict[str, str]:
    jour = maintenant.astimezone(PARIS).date()
    delais, adherent = situation.delais, contribution.adherent
    lieu = " ".join(
        partie for partie in (adherent.adresse, adherent.code_postal, adherent.ville) if partie
    )
    limite = jour_atteint(jour, delais.apres_relance, situation.arrets)
    return {
        "adherent": contribution.nom,
        "destinataire": ", ".join(
            partie for partie in (contribution.nom, lieu, f"SIREN {adherent.siren}") if partie
        ),
        "annee": str(contribution.exercice.annee),
        "appel": numero_d_appel(contribution),
        "montant": au_centime(contribution.montant or situation.montant),
        "reste": au_centime(situation.reste),
        "echeance": en_toutes_lettres(situation.echeance or jour),
        "relance": en_toutes_lettres(situation.relancee_le or jour),
        "limite": en_toutes_lettres(limite or jour),
        "demeure": en_toutes_lettres(situation.en_demeure_le or jour),
        "jours": str(delais.en_demeure),
        "motif": motif,
        "telephone": telephone(),
        "page": page_de(contribution),
        "date_de_l_acte": en_toutes_lettres(jour),
    }
