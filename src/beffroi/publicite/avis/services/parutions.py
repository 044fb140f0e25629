"""Faire paraître un avis dans un support, et garder la preuve de chaque envoi."""

from datetime import datetime
from io import BytesIO

from django.db import transaction
from django.tasks import task

from beffroi.achat.consultations.models import Consultation
from beffroi.publicite.avis import queries, rules
from beffroi.publicite.avis.events import ParutionEnvoyee, ParutionRefusee
from beffroi.publicite.avis.models import Avis, Parution
from beffroi.publicite.avis.ports import AccuseDEnvoi, AvisAEnvoyer, publicateur
from beffroi.publicite.avis.services.changements import rattraper
from beffroi.publicite.avis.services.ecriture import faire_suivre
from beffroi.socle.fondations import evenements, horloge
from beffroi.socle.fondations.erreurs import RegleEnfreinte, ServiceIndisponible, exiger
from beffroi.socle.fondations.stockage import nouvelle_cle, stockage
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import PLATEFORME, Acteur
from beffroi.socle.journal.franchissement import franchir
from beffroi.socle.journal.services import journaliser


@transaction.atomic
def preparer_une_parution(
    *,
    avis: Avis,
    support: str,
    voie: str,
    par: Acteur,
    maintenant: datetime,
    nom_du_support: str = "",
) -> Parution:
    """Dit où l'avis paraîtra, et qui l'enverra."""
    avis = verrouiller(avis)
    exiger(queries.peut_partir(avis))
    if support == Parution.Support.JOUE and avis.forme != Avis.Forme.EUROPEENNE:
        raise RegleEnfreinte(
            "Le JOUE ne reçoit que des avis européens. Écrivez l'avis sous cette forme."
        )
    parution = Parution.objects.create(
        avis=avis,
        support=support,
        nom_du_support=nom_du_support.strip(),
        voie=voie,
        preparee_le=maintenant,
    )
    journaliser(
        "parution.preparer",
        sujet=parution.reference,
        organisme=parution.organisme_du_journal,
        par=par,
        le=maintenant,
        donnees={
            "avis": avis.reference,
            "support": support,
            "nom": parution.support_lisible,
            "voie": voie,
        },
    )
    return parution


@transaction.atomic
def demander_l_envoi(*, parution: Parution, par: Acteur, maintenant: datetime) -> Parution:
    """Confie l'envoi à la plateforme :
    il part après la transaction, et recommence tant qu'il le faut.
    """
    parution = verrouiller(parution)
    _exiger_le_tour(parution, maintenant=maintenant)
    exiger(queries.peut_partir(parution.avis))
    if parution.voie == Parution.Voie.MANUELLE:
        raise RegleEnfreinte(
            "Cet avis s'envoie à la main. Téléchargez-le, envoyez-le, puis joignez la preuve."
        )
    parution = franchir(parution, "demander_l_envoi", par=par, le=maintenant, motif_du_refus="")
    transmettre.enqueue(parution.reference)
    return parution


@transaction.atomic
def relancer_l_envoi(*, parution: Parution, par: Acteur, maintenant: datetime) -> Parution:
    """Recommence un envoi que la file a abandonné ; le support reconnaît la même clé."""
    if parution.etat == Parution.Etat.EN_ENVOI:
        _exiger_le_tour(parution, maintenant=maintenant)
        exiger(rules.peut_etre_relance(abandonne=queries.envoi_abandonne(parution)))
    parution = franchir(parution, "relancer_l_envoi", par=par, le=maintenant)
    transmettre.enqueue(parution.reference)
    return parution


@task()
def transmettre(reference: str) -> None:
    """Envoie l'avis et garde l'accusé ;
    la file recommence si le service se tait, un refus s'écrit.
    """
    parution = Parution.objects.select_related("avis__consultation__organisme").get(
        reference=reference
    )
    if parution.etat != Parution.Etat.EN_ENVOI:
        return
    try:
        accuse = publicateur(parution.voie).publier(
            _a_envoyer(parution), maintenant=horloge.maintenant()
        )
    except ServiceIndisponible as erreur:
        if not erreur.permanent:
            raise
        constater_le_refus(
            parution=parution, motif=erreur.message, par=PLATEFORME, maintenant=horloge.maintenant()
        )
        return
    noter_l_envoi(parution=parution, accuse=accuse, maintenant=horloge.maintenant())


def _a_envoyer(parution: Parution) -> AvisAEnvoyer:
    return AvisAEnvoyer(
        cle=parution.reference,
        support=parution.support,
        nom_du_support=parution.nom_du_support,
        texte=parution.avis.texte,
        xml=parution.avis.xml,
    )


@transaction.atomic
def noter_l_envoi(*, parution: Parution, accuse: AccuseDEnvoi, maintenant: datetime) -> Parution:
    """L'envoi a réussi : sa date, son numéro, sa preuve (CCP, art. R. 2131-19).

    Une seconde fois ne change rien.
    """
    parution = verrouiller(parution)
    if parution.etat != Parution.Etat.EN_ENVOI:
        return parution
    preuve = _garder(accuse.preuve, accuse.nom_de_la_preuve)
    parution = franchir(
        parution,
        "noter_l_envoi",
        par=PLATEFORME,
        le=maintenant,
        donnees={
            "envoyee_le": accuse.envoye_le.isoformat(),
            "numero": accuse.numero,
            **_dite(preuve),
        },
        envoyee_le=accuse.envoye_le,
        numero=accuse.numero,
        **preuve,
    )
    evenements.publier(ParutionEnvoyee(parution, par=PLATEFORME, le=maintenant))
    return parution


@transaction.atomic
def declarer_l_envoi(
    *,
    parution: Parution,
    envoyee_le: datetime,
    preuve: bytes,
    nom: str,
    par: Acteur,
    maintenant: datetime,
) -> Parution:
    """La personne a envoyé l'avis elle-même, et en joint la preuve (CCP, art. R. 2131-19).

    Réécrit depuis cet envoi, l'avis parti est celui d'alors :
    son rectificatif, ou son annulation, se rédige aussitôt.
    """
    _exiger_le_tour(parution, maintenant=envoyee_le)
    d_alors = queries.avis_d_alors(parution.avis, le=envoyee_le)
    if d_alors != parution.avis:
        parution = faire_suivre(parution, d_alors, par=par, maintenant=maintenant)
    exiger(
        rules.peut_declarer_l_envoi(
            envoyee_le=envoyee_le,
            ecrit_le=parution.avis.ecrit_le,
            preuve=len(preuve),
            maintenant=maintenant,
        )
    )
    gardee = _garder(preuve, nom)
    parution = franchir(
        parution,
        "declarer_l_envoi",
        par=par,
        le=maintenant,
        donnees={"envoyee_le": envoyee_le.isoformat(), **_dite(gardee)},
        envoyee_le=envoyee_le,
        motif_du_refus="",
        **gardee,
    )
    evenements.publier(ParutionEnvoyee(parution, par=par, le=maintenant))
    _rattraper(parution)
    return parution


@transaction.atomic
def confirmer_la_reception(
    *, parution: Parution, recue_le: datetime, numero: str, par: Acteur, maintenant: datetime
) -> Parution:
    """Le support confirme qu'il a reçu l'avis :
    au JOUE, les 48 heures commencent (CCP, art. R. 2131-20).
    """
    _exiger_une_date_possible(parution, recue_le, maintenant=maintenant)
    return franchir(
        parution,
        "confirmer_la_reception",
        par=par,
        le=maintenant,
        donnees={"recue_le": recue_le.isoformat(), "numero": numero},
        confirmee_le=recue_le,
        numero=numero.strip(),
    )


@transaction.atomic
def constater_la_parution(
    *,
    parution: Parution,
    parue_le: datetime,
    numero: str,
    adresse: str,
    par: Acteur,
    maintenant: datetime,
) -> Parution:
    """L'avis est paru : quand, sous quel numéro, à quelle adresse."""
    _exiger_une_date_possible(parution, parue_le, maintenant=maintenant)
    return franchir(
        parution,
        "constater_la_parution",
        par=par,
        le=maintenant,
        donnees={"parue_le": parue_le.isoformat(), "numero": numero, "adresse": adresse},
        parue_le=parue_le,
        numero=numero.strip() or parution.numero,
        adresse=adresse,
    )


@transaction.atomic
def constater_le_refus(
    *, parution: Parution, motif: str, par: Acteur, maintenant: datetime
) -> Parution:
    """Le support refuse l'avis :
    son motif reste, la preuve de ce premier envoi aussi, au journal et au stockage.
    """
    exiger(rules.peut_refuser(motif=motif))
    parution = verrouiller(parution)
    refusee = franchir(
        parution,
        "constater_le_refus",
        par=par,
        le=maintenant,
        donnees={
            "motif": motif.strip(),
            "envoyee_le": parution.envoyee_le.isoformat() if parution.envoyee_le else None,
            "preuve": {"cle": parution.preuve_cle, "sha256": parution.preuve_sha256},
        },
        motif_du_refus=motif.strip(),
        envoyee_le=None,
        confirmee_le=None,
        preuve_nom="",
        preuve_sha256="",
        preuve_cle="",
    )
    evenements.publier(ParutionRefusee(refusee, par=par, le=maintenant))
    _rattraper(refusee)
    return refusee


def _rattraper(parution: Parution) -> None:
    """Un envoi ou un refus qui se dit après un changement :
    ce que ce changement appelle se rédige maintenant.
    """
    consultation = Consultation.toutes.get(pk=parution.avis.consultation_id)
    if queries.est_depasse(parution.avis, consultation):
        rattraper.enqueue(consultation.reference)


def _exiger_le_tour(parution: Parution, *, maintenant: datetime) -> None:
    """Un support national attend le JOUE (CCP, art. R. 2131-20)."""
    if parution.support != Parution.Support.JOUE:
        exiger(queries.tour_de(parution.avis, maintenant=maintenant))


def _exiger_une_date_possible(
    parution: Parution, constate_le: datetime, *, maintenant: datetime
) -> None:
    parution.refresh_from_db(fields=["envoyee_le"])
    envoyee_le = parution.envoyee_le
    if envoyee_le is not None:
        exiger(
            rules.peut_constater(
                envoyee_le=envoyee_le, constate_le=constate_le, maintenant=maintenant
            )
        )


def _garder(preuve: bytes, nom: str) -> dict[str, str]:
    """Garde la pièce qui prouve l'envoi, durablement, avant que l'envoi ne compte."""
    cle = nouvelle_cle("preuves")
    ecrit = stockage().ecrire(cle, BytesIO(preuve))
    return {"preuve_cle": cle, "preuve_sha256": ecrit.sha256, "preuve_nom": nom[:255]}


def _dite(preuve: dict[str, str]) -> dict[str, object]:
    return {"preuve": {"nom": preuve["preuve_nom"], "sha256": preuve["preuve_sha256"]}}
