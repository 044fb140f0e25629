"""Les flux et les calendriers :
ce que cette recherche, cet acheteur, cette consultation annoncent à un autre logiciel.
"""

from collections.abc import Sequence
from datetime import datetime, time
from urllib.parse import urlsplit

from django.conf import settings

from beffroi.achat.consultations.models import ChangementPublie, Consultation
from beffroi.publicite.recherche import presentation, queries
from beffroi.publicite.recherche.index import MODIFICATION
from beffroi.publicite.recherche.models import FicheIndexee
from beffroi.publicite.recherche.rules.requete import Recherche
from beffroi.socle.fondations.adresses import adresse_publique, identifiant_durable
from formats import dates
from formats.agenda import Echeance
from formats.atom import Entree, Flux

ENTREES = 50
ECHEANCES = 200


def fiches_du_flux(recherche: Recherche, *, le: datetime) -> tuple[FicheIndexee, ...]:
    """La dernière changée d'abord."""
    return queries.resultats(recherche, le=le, par_page=ENTREES, ordre=MODIFICATION).fiches


def fiches_du_calendrier(recherche: Recherche, *, le: datetime) -> tuple[FicheIndexee, ...]:
    return queries.resultats(recherche, le=le, par_page=ECHEANCES).fiches


def versions(fiches: Sequence[FicheIndexee]) -> tuple[tuple[str, int, bool], ...]:
    """De quoi savoir, sans rien rendre, si un flux a changé."""
    return tuple(
        (fiche.reference, fiche.versions, fiche.sans_suite_le is not None) for fiche in fiches
    )


def flux_de_recherche(
    recherche: Recherche,
    fiches: Sequence[FicheIndexee],
    *,
    le: datetime,
    titre: str,
    page: str,
    flux: str,
) -> Flux:
    minuit = datetime.combine(le.astimezone(dates.PARIS).date(), time.min, dates.PARIS)
    return Flux(
        identifiant=identifiant_durable(f"recherche?{recherche.ecrire()}"),
        titre=titre,
        sous_titre=presentation.en_clair(recherche),
        adresse=f"{adresse_publique()}{page}",
        adresse_du_flux=f"{adresse_publique()}{flux}",
        mis_a_jour=max((fiche.modifiee_le for fiche in fiches), default=minuit),
        auteur=str(settings.SERVICE["nom"]),
        entrees=[entree(fiche) for fiche in fiches],
    )


def entree(fiche: FicheIndexee) -> Entree:
    nature = queries.natures().get(fiche.nature, fiche.nature)
    limite = (
        "L'acheteur a renoncé à cet achat."
        if fiche.sans_suite_le
        else f"Heure limite : {dates.jour_et_heure(fiche.limite)}."
    )
    return Entree(
        identifiant=identifiant_durable(f"consultation/{fiche.reference}"),
        titre=fiche.titre,
        adresse=adresse_de(fiche.reference),
        publiee_le=fiche.publiee_le,
        mise_a_jour=fiche.modifiee_le,
        resume=". ".join(filter(None, [fiche.acheteur, nature, fiche.lieu])) + f". {limite}",
        auteur=fiche.acheteur,
        categories=((fiche.nature, nature),),
    )


def flux_de_consultation(consultation: Consultation) -> Flux:
    """La publication, puis chaque changement, numéroté dans l'ordre :
    un changement publié ne s'efface pas.
    """
    publiee_le = consultation.publiee_le or consultation.creee_le
    numerotes = list(enumerate(consultation.changements.order_by("le", "pk"), 1))
    return Flux(
        identifiant=identifiant_durable(f"consultation/{consultation.reference}/changements"),
        titre=consultation.titre,
        sous_titre=f"Ce qui change dans la consultation {consultation.reference}",
        adresse=adresse_de(consultation.reference),
        adresse_du_flux=f"{adresse_de(consultation.reference)}atom.xml",
        mis_a_jour=max([publiee_le, *(changement.le for _, changement in numerotes)]),
        auteur=consultation.organisme.nom,
        entrees=[
            *(
                _entree_de_changement(consultation, rang, changement)
                for rang, changement in reversed(numerotes)
            ),
            Entree(
                identifiant=identifiant_durable(
                    f"consultation/{consultation.reference}/publication"
                ),
                titre="La consultation est publiée",
                adresse=adresse_de(consultation.reference),
                publiee_le=publiee_le,
                mise_a_jour=publiee_le,
                resume=consultation.objet or consultation.titre,
                auteur=consultation.organisme.nom,
            ),
        ],
    )


def _entree_de_changement(
    consultation: Consultation, rang: int, changement: ChangementPublie
) -> Entree:
    return Entree(
        identifiant=identifiant_durable(f"consultation/{consultation.reference}/changement/{rang}"),
        titre=changement.get_sorte_display(),
        adresse=adresse_de(consultation.reference),
        publiee_le=changement.le,
        mise_a_jour=changement.le,
        resume=changement.texte,
        auteur=consultation.organisme.nom,
    )


def echeance(fiche: FicheIndexee) -> Echeance:
    """La même échéance que le calendrier de la consultation :
    un agenda qui suit les deux n'en garde qu'une.
    """
    return Echeance(
        identifiant=f"{fiche.reference}@{urlsplit(adresse_publique()).hostname}",
        sequence=fiche.reports,
        instant=fiche.limite,
        ecrite_le=fiche.modifiee_le,
        titre=f"Heure limite : {fiche.titre}",
        texte=f"{fiche.acheteur}, consultation {fiche.reference}.\n{adresse_de(fiche.reference)}",
        adresse=adresse_de(fiche.reference),
        annulee=fiche.sans_suite_le is not None,
    )


def adresse_de(reference: str) -> str:
    return f"{adresse_publique()}/consultations/{reference}/"
