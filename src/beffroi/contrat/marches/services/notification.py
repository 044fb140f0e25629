"""Transmettre au préfet, puis notifier au titulaire :
le jour où il la reçoit est celui où le contrat prend effet.
"""

from datetime import date, datetime

from django.db import transaction

from beffroi.choix.echanges import services as courriers
from beffroi.choix.echanges.models import Courrier, Exemplaire
from beffroi.choix.echanges.queries import joignables
from beffroi.contrat.marches import ports, queries
from beffroi.contrat.marches.events import MarcheNotifie
from beffroi.contrat.marches.models import Marche, PieceDuMarche
from beffroi.contrat.marches.rules import legalite
from beffroi.contrat.marches.services.contrats import Tenant, noter
from beffroi.contrat.marches.services.pieces import Fichier, empreintes, garder, relu
from beffroi.contrat.marches.services.signature import exiger_un_seul_acte
from beffroi.contrat.marches.states import Etat
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.models import Equipe
from beffroi.socle.fondations import evenements
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte, exiger
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.guichet.envois import Fichier as PieceAJoindre
from beffroi.socle.journal.acteurs import PLATEFORME, Acteur
from beffroi.socle.journal.franchissement import franchir
from droit.decision import Decision, Motif
from formats.dates import PARIS

Sorte = PieceDuMarche.Sorte
TEXTE = (
    "Bonjour,\n\nNous vous notifions le contrat n° {numero}, « {objet} », signé des deux parties. "
    "Il est joint à ce message. "
    "Le contrat prend effet le jour où vous le recevez (code de la commande publique, art. R. "
    "2182-5).\n\n{acheteur}"
)


@transaction.atomic
def dire_la_transmission(
    *, marche: Marche, requise: bool, motif: str, par: Acteur, maintenant: datetime
) -> Marche:
    """Là où le seuil de la date n'est pas connu,
    une personne dit si le contrat se transmet, et pourquoi.
    """
    marche = verrouiller(marche, avec=("organisme",))
    if marche.etat != Etat.SIGNE:
        raise ConflitEtat("Ce contrat n'est plus au moment d'être transmis. Rechargez la page.")
    marche.transmission, marche.motif_de_transmission = (
        "requise" if requise else "non_requise",
        motif.strip(),
    )
    marche.save(update_fields=["transmission", "motif_de_transmission"])
    donnees: dict[str, object] = {"transmission": marche.transmission, "motif": motif.strip()}
    noter("dire_la_transmission", marche, par=par, le=maintenant, donnees=donnees)
    return marche


AUTREMENT = "Redemandez-le plus tard, ou transmettez vous-même par @CTES et joignez la preuve."


@transaction.atomic
def transmettre(
    *, marche: Marche, le: date, preuve: Fichier, par: Acteur, maintenant: datetime
) -> Marche:
    """La preuve d'@CTES, ou l'accusé de la préfecture, et sa date."""
    marche = verrouiller(marche, avec=("organisme",))
    signe = marche.signe_le or le
    exiger(
        Decision.selon(
            Motif("La transmission ne peut pas précéder la signature.", legalite.L2131_1)
            if le < signe
            else None,
            Motif("Cette transmission est à venir. Notez-la le jour venu.")
            if le > maintenant.astimezone(PARIS).date()
            else None,
        )
    )
    piece = garder(marche, Sorte.TRANSMISSION, preuve, maintenant=maintenant)
    donnees = {"le": le.isoformat(), "pieces": empreintes(piece)}
    return franchir(
        marche,
        "transmettre",
        par=par,
        le=maintenant,
        donnees=donnees,
        transmis_le=le,
        transmission="requise",
    )


def transmettre_par_le_tiers(*, marche: Marche, par: Acteur, maintenant: datetime) -> Marche:
    """Par le tiers de télétransmission raccordé :
    chaque acte signé part, l'accusé de la préfecture revient.
    """
    tiers, signes = (
        ports.transmission_des_actes(),
        marche.pieces.filter(sorte=Sorte.SIGNE).order_by("pk"),
    )
    if tiers is None or not signes:
        raise ConflitEtat(
            "Rien ne peut partir d'ici : aucun tiers n'est raccordé, "
            "ou aucun exemplaire n'est signé."
        )
    fichiers = tuple((piece.nom, relu(piece).octets) for piece in signes)
    try:
        accuse = tiers(
            ports.ActeATransmettre(marche.organisme.siret, marche.numero, marche.objet, fichiers)
        )
    except OSError as panne:
        raise RegleEnfreinte(f"Le tiers de télétransmission ne répond pas. {AUTREMENT}") from panne
    if accuse is None:
        raise RegleEnfreinte(
            f"L'acte est parti, et l'accusé de la préfecture n'est pas encore venu. {AUTREMENT}"
        )
    preuve = Fichier(accuse.nom, accuse.octets)
    return transmettre(marche=marche, le=accuse.le, preuve=preuve, par=par, maintenant=maintenant)


@transaction.atomic
def notifier(
    *, marche: Marche, recue_le: date, preuve: Fichier, par: Acteur, maintenant: datetime
) -> Marche:
    """Notifié hors de la messagerie : la date de réception se recopie de la preuve."""
    marche = a_notifier(marche, recue_le, maintenant=maintenant)
    exiger_un_seul_acte(marche)
    piece = garder(marche, Sorte.NOTIFICATION, preuve, maintenant=maintenant)
    return prendre_effet(marche, recue_le, par=par, maintenant=maintenant, pieces=empreintes(piece))


def a_notifier(marche: Marche, recue_le: date, *, maintenant: datetime) -> Marche:
    """Le contrat, sous verrou : signé, transmis s'il le fallait, il peut être reçu ce jour-là."""
    marche = verrouiller(marche, avec=("organisme", "consultation", "lot"))
    exiger(
        legalite.peut_notifier(
            requise=marche.transmission,
            transmis_le=marche.transmis_le,
            recue=recue_le,
            signe=marche.signe_le or recue_le,
        )
    )
    if recue_le > maintenant.astimezone(PARIS).date():
        raise RegleEnfreinte("Cette réception est à venir. Notez-la le jour venu.")
    return marche


def prendre_effet(
    marche: Marche, recue_le: date, *, par: Acteur, maintenant: datetime, pieces: dict[str, str]
) -> Marche:
    marche = franchir(
        marche,
        "notifier",
        par=par,
        le=maintenant,
        donnees={"recue_le": recue_le.isoformat(), "pieces": pieces},
        notifie_le=recue_le,
    )
    evenements.publier(MarcheNotifie(marche))
    return marche


@transaction.atomic
def envoyer_la_notification(*, marche: Marche, par: Utilisateur, maintenant: datetime) -> Marche:
    """Le contrat signé part au titulaire par la messagerie.

    Il prendra effet quand le titulaire l'aura lu.
    """
    marche = a_notifier(marche, maintenant.astimezone(PARIS).date(), maintenant=maintenant)
    if marche.etat not in (Etat.SIGNE, Etat.TRANSMIS):
        raise ConflitEtat(
            "Ce contrat n'est pas à notifier. Rechargez la page pour voir où il en est."
        )
    if marche.notification is not None:
        raise ConflitEtat(
            "La notification est déjà partie. Elle se suit dans les courriers de la consultation."
        )
    exiger_un_seul_acte(marche)
    signe = marche.pieces.filter(sorte=Sorte.SIGNE).first()
    if signe is None:
        raise ConflitEtat("Il n'y a pas encore d'exemplaire signé à notifier.")
    premier = queries.titulaires_de(marche)[0]
    mandataire = Tenant(premier.siret, premier.nom)
    marche.notification = poster(
        marche, mandataire, signe, texte=TEXTE, par=par, maintenant=maintenant
    )
    marche.save(update_fields=["notification"])
    donnees: dict[str, object] = {"exemplaire": marche.notification.reference}
    noter("envoyer_la_notification", marche, par=par.acteur, le=maintenant, donnees=donnees)
    return marche


def poster(
    marche: Marche,
    tenant: Tenant,
    signe: PieceDuMarche,
    *,
    texte: str,
    par: Utilisateur,
    maintenant: datetime,
) -> Exemplaire:
    """Le contrat signé part à cette entreprise, sur le fil de sa réponse ouverte."""
    if marche.consultation is None:
        raise ConflitEtat(
            "Ce contrat ne se notifie pas par la messagerie. Notez sa notification, avec sa preuve."
        )
    equipe = equipe_du_tenant(marche, tenant, le=maintenant)
    if equipe is None:
        raise RegleEnfreinte(
            f"{tenant.nom} n'a pas de réponse ouverte à cette consultation : "
            "la messagerie ne la joint pas. "
            "Notifiez autrement, et joignez la preuve."
        )
    with stockage().lire(signe.cle_de_stockage) as flux:
        projet = courriers.Projet(
            sorte=Courrier.Sorte.NOTIFICATION,
            sujet=f"Notification du contrat n° {marche.numero}",
            texte=texte.format(
                numero=marche.numero, objet=marche.objet, acheteur=marche.organisme.nom
            ),
            a=[equipe],
            fichiers=[PieceAJoindre(signe.nom, flux)],
        )
        courrier = courriers.rediger(
            consultation=marche.consultation, projet=projet, par=par, maintenant=maintenant
        )
    courriers.envoyer(courrier=courrier, par=par, maintenant=maintenant)
    exemplaire: Exemplaire = courrier.exemplaires.get()
    return exemplaire


@transaction.atomic
def equipe_du_tenant(marche: Marche, tenant: Tenant, *, le: datetime) -> Equipe | None:
    """Celle dont l'offre est retenue. Une autre peut dire le même SIRET : elle ne reçoit pas le
    contrat à sa place.
    """
    if marche.consultation is None:
        return None
    retenues = {pli.equipe_id for pli in queries.plis_de_la_decision(marche)}
    ouvertes = [
        joignable.equipe
        for joignable in joignables(marche.consultation, le=le)
        if joignable.equipe.identifiant == tenant.siret and joignable.pli is not None
    ]
    siennes = [equipe for equipe in ouvertes if equipe.pk in retenues]
    return next(iter(siennes or (ouvertes if len(ouvertes) == 1 else [])), None)


def constater_la_lecture(*, marche: Marche, maintenant: datetime) -> Marche:
    """Le titulaire a lu : la date de sa première lecture est celle de la prise d'effet."""
    marche = verrouiller(marche, avec=("organisme", "consultation", "lot"))
    exemplaire: Exemplaire | None = marche.notification
    if (
        marche.etat not in (Etat.SIGNE, Etat.TRANSMIS)
        or exemplaire is None
        or exemplaire.lu_le is None
    ):
        return marche
    recue_le = exemplaire.lu_le.astimezone(PARIS).date()
    return prendre_effet(marche, recue_le, par=PLATEFORME, maintenant=maintenant, pieces={})
