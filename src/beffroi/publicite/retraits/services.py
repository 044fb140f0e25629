"""Se nommer, inscrire un retrait, sceller le registre."""

from datetime import datetime

from django.db import connection, transaction
from django.db.models import F

from beffroi.achat.consultations.models import Consultation, PieceDce
from beffroi.personnes.abonnements import services as abonnements
from beffroi.personnes.comptes.queries import adresse_prouvee
from beffroi.personnes.entreprises.models import Membre
from beffroi.publicite.retraits import queries
from beffroi.publicite.retraits.models import (
    Retirant,
    RetraitDce,
    RetraitsEnNombre,
    TirageDesRetraits,
)
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.services import inscrire_un_tirage
from beffroi.socle.journal.tirages import ASceller
from formats import registre_des_retraits as formats

FABRIQUES = {"csv": formats.csv, "ods": formats.ods, "pdf": formats.pdf}


@transaction.atomic
def se_nommer(
    *,
    consultation: Consultation,
    entreprise: str,
    courriel: str,
    prevenir: bool,
    maintenant: datetime,
) -> Retirant:
    """Ce qu'une personne veut bien dire d'elle ;
    prévenue, elle confirmera son adresse (abonnement en deux temps).
    """
    retirant, _ = Retirant.objects.get_or_create(
        consultation=consultation,
        entreprise=" ".join(entreprise.split()),
        courriel=courriel.strip().lower(),
        equipe=None,
        defaults={"nomme_le": maintenant},
    )
    if prevenir:
        abonnements.demander(
            courriel=courriel, sujet=queries.sujet_de(consultation), maintenant=maintenant
        )
    return retirant


@transaction.atomic
def nommer_son_entreprise(
    *, consultation: Consultation, membre: Membre, prevenir: bool, maintenant: datetime
) -> Retirant:
    """L'entreprise du compte ;
    son adresse, si le compte l'a déjà prouvée, n'a pas à l'être deux fois.
    """
    personne = membre.utilisateur
    retirant, _ = Retirant.objects.get_or_create(
        consultation=consultation,
        entreprise=membre.equipe.nom,
        courriel=personne.courriel.lower(),
        equipe=membre.equipe,
        defaults={"nomme_le": maintenant},
    )
    if prevenir:
        geste = abonnements.suivre if adresse_prouvee(personne) else abonnements.demander
        geste(
            courriel=personne.courriel, sujet=queries.sujet_de(consultation), maintenant=maintenant
        )
    return retirant


@transaction.atomic
def inscrire_un_retrait(
    *, consultation: Consultation, piece: PieceDce | None, version: int, retirant: str, le: datetime
) -> RetraitDce:
    """Inscrit ce qui vient d'être servi.

    N'attend pas un verrou : le registre ne retient pas un processus.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as curseur:
            curseur.execute("SET LOCAL lock_timeout = '500ms'")
    nomme = (
        Retirant.objects.filter(consultation=consultation, reference=retirant).first()
        if retirant
        else None
    )
    return RetraitDce.objects.create(
        consultation=consultation,
        version=version or queries.version_en_cours(consultation, le=le),
        piece=piece,
        retirant=nomme,
        le=le,
    )


@transaction.atomic
def compter_un_retrait(*, consultation: Consultation) -> None:
    """Servi au-delà du budget des inconnus : le registre le dit en nombre."""
    RetraitsEnNombre.objects.get_or_create(consultation=consultation)
    RetraitsEnNombre.objects.filter(consultation=consultation).update(nombre=F("nombre") + 1)


@transaction.atomic
def compter_les_manques(*, reference: str, nombre: int, empreinte: str) -> None:
    """Ceux qu'un nœud a comptés à côté de la base, quand elle manquait ; `empreinte` : de son
    fichier, qui ne se compte qu'une fois.
    """
    consultation = Consultation.toutes.filter(reference=reference).first()
    if consultation is None:
        return
    RetraitsEnNombre.objects.get_or_create(consultation=consultation)
    comptes = RetraitsEnNombre.objects.filter(consultation=consultation)
    comptes.exclude(dernier_releve=empreinte).update(
        nombre=F("nombre") + nombre, dernier_releve=empreinte
    )


def sceller_le_registre(
    *, consultation: Consultation, par: Acteur, maintenant: datetime
) -> TirageDesRetraits:
    """Tire le registre en trois formats, les garde, et en scelle les empreintes ;
    rien s'il n'a pas changé depuis.
    """
    registre = queries.registre_de(consultation, etabli_le=maintenant)
    octets = {extension: fabrique(registre) for extension, fabrique in FABRIQUES.items()}
    with transaction.atomic():
        consultation = verrouiller(consultation)
        dernier = queries.dernier_tirage(consultation)
        if dernier is not None and not queries.a_change(dernier, registre):
            return dernier
        tirage = TirageDesRetraits(
            consultation=consultation, numero=dernier.numero + 1 if dernier else 1
        )
        inscrire_un_tirage(
            tirage,
            ASceller("registre_des_retraits.scelle", "retraits", len(registre.lignes), octets),
            sujet=consultation.reference,
            organisme=consultation.organisme_du_journal,
            par=par,
            le=maintenant,
        )
    return tirage
