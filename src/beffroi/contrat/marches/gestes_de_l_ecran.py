"""Chaque acte d'un contrat, tel que son écran le propose :
un formulaire, une phrase, un service.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms as django_forms

from beffroi.contrat.marches import forms
from beffroi.contrat.marches.models import Marche, Titulaire
from beffroi.contrat.marches.ports import actes_de, transmission_des_actes
from beffroi.contrat.marches.queries import (
    fiche_de,
    representants_de,
    suites_a_publier,
    titulaires_de,
)
from beffroi.contrat.marches.services import notification, publication, signature, vie
from beffroi.contrat.marches.states import ONT_PRIS_EFFET, Etat
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.guichet import gestes as guichet

SIGNES, EN_COURS = frozenset({Etat.SIGNE, Etat.TRANSMIS}), frozenset({Etat.NOTIFIE})


@dataclass(frozen=True)
class Geste(guichet.Geste[Marche]):
    """`dans` : les états où l'écran se propose. `si` : ce que le contrat doit encore dire.
    `premier` : ce qu'on attend.

    `parmi` : les titulaires entre lesquels choisir, pour un acte qui en vise un.
    """

    dans: frozenset[Etat]
    si: Callable[[Marche], bool] = lambda marche: True
    premier: bool = False
    parmi: Callable[[Marche], list[Titulaire]] | None = None

    def formulaire(self, marche: Marche, *donnees: Any) -> django_forms.Form:
        form = self.form(*donnees)
        if self.parmi and isinstance(form, forms.AUnTitulaire):
            form.parmi(self.parmi(marche))
        return form


def _signer(marche: Marche, form: forms.SignatureForm, par: Utilisateur, le: datetime) -> object:
    return signature.signer(
        marche=marche, signature=form.signature(), par=par.acteur, maintenant=le
    )


def _confirmer_le_signataire(
    marche: Marche, form: forms.SignataireForm, par: Utilisateur, le: datetime
) -> object:
    return signature.confirmer_le_signataire(
        marche=marche, dit=form.signataire(), par=par.acteur, maintenant=le
    )


def _abandonner(marche: Marche, form: Any, par: Utilisateur, le: datetime) -> object:
    return signature.abandonner(
        marche=marche, motif=form.cleaned_data["motif"], par=par.acteur, maintenant=le
    )


def _dire_la_transmission(marche: Marche, form: Any, par: Utilisateur, le: datetime) -> object:
    dit = form.cleaned_data
    return notification.dire_la_transmission(
        marche=marche,
        requise=dit["requise"] == "oui",
        motif=dit["motif"],
        par=par.acteur,
        maintenant=le,
    )


def _transmettre(marche: Marche, form: forms.PreuveForm, par: Utilisateur, le: datetime) -> object:
    jour = form.cleaned_data["le"]
    return notification.transmettre(
        marche=marche, le=jour, preuve=form.preuve(), par=par.acteur, maintenant=le
    )


def _transmettre_par_le_tiers(marche: Marche, form: Any, par: Utilisateur, le: datetime) -> object:
    return notification.transmettre_par_le_tiers(marche=marche, par=par.acteur, maintenant=le)


def _envoyer_la_notification(marche: Marche, form: Any, par: Utilisateur, le: datetime) -> object:
    return notification.envoyer_la_notification(marche=marche, par=par, maintenant=le)


def _notifier(marche: Marche, form: forms.PreuveForm, par: Utilisateur, le: datetime) -> object:
    jour = form.cleaned_data["le"]
    return notification.notifier(
        marche=marche, recue_le=jour, preuve=form.preuve(), par=par.acteur, maintenant=le
    )


def _noter_l_avis(marche: Marche, form: Any, par: Utilisateur, le: datetime) -> object:
    return vie.noter_l_avis(
        marche=marche, le=form.cleaned_data["le"], par=par.acteur, maintenant=le
    )


def _noter_l_avis_de_modification(
    marche: Marche, form: Any, par: Utilisateur, le: datetime
) -> object:
    jour = form.cleaned_data["le"]
    return vie.noter_l_avis_de_modification(marche=marche, le=jour, par=par.acteur, maintenant=le)


def _modifier(
    marche: Marche, form: forms.ModificationForm, par: Utilisateur, le: datetime
) -> object:
    return vie.modifier(
        marche=marche, changement=form.changement(), acte=form.acte(), par=par.acteur, maintenant=le
    )


def _sous_traiter(
    marche: Marche, form: forms.SousTraitanceForm, par: Utilisateur, le: datetime
) -> object:
    return vie.accepter_un_sous_traitant(
        marche=marche,
        sous_traitance=form.sous_traitance(),
        acte=form.acte(),
        par=par.acteur,
        maintenant=le,
    )


def _commander(marche: Marche, form: forms.CommandeForm, par: Utilisateur, le: datetime) -> object:
    return vie.commander(
        marche=marche, commande=form.commande(), bon=form.bon(), par=par.acteur, maintenant=le
    )


def _annuler(marche: Marche, form: Any, par: Utilisateur, le: datetime) -> object:
    return vie.annuler_une_commande(
        marche=marche, par=par.acteur, maintenant=le, **form.cleaned_data
    )


def _constater_l_execution(
    marche: Marche, form: forms.DateEtPieceForm, par: Utilisateur, le: datetime
) -> object:
    jour = form.cleaned_data["le"]
    return vie.constater_l_execution(
        marche=marche, le=jour, piece=form.piece(), par=par.acteur, maintenant=le
    )


def _resilier(marche: Marche, form: forms.FinForm, par: Utilisateur, le: datetime) -> object:
    dit = form.cleaned_data
    return vie.resilier(
        marche=marche,
        le=dit["le"],
        motif=dit["motif"],
        decision=form.preuve(),
        par=par.acteur,
        maintenant=le,
    )


def _clore(marche: Marche, form: Any, par: Utilisateur, le: datetime) -> object:
    return vie.clore(marche=marche, solde_le=form.cleaned_data["le"], par=par.acteur, maintenant=le)


def _preparer_la_fiche(marche: Marche, form: Any, par: Utilisateur, le: datetime) -> object:
    return publication.preparer(marche=marche, par=par.acteur, maintenant=le)


def _publier_les_suites(marche: Marche, form: Any, par: Utilisateur, le: datetime) -> object:
    return publication.publier_les_suites(marche=marche, par=par.acteur, maintenant=le)


def _peut_partir(marche: Marche) -> bool:
    return marche.transmission == "non_requise" or marche.transmis_le is not None


def _est_partie(marche: Marche) -> bool:
    return marche.notification_id is not None or any(
        acte.envoyee_le or acte.recue_le for acte in actes_de(marche)
    )


GESTES = {
    geste.nom: geste
    for geste in (
        Geste(
            "signature",
            "Déposer une signature",
            "Garder l'exemplaire signé",
            "Le titulaire signe d'abord, puis l'acheteur, chacun avec l'outil de son choix. "
            "Une signature électronique "
            "est vérifiée à son dépôt, et le résultat se lit avec la pièce.",
            "L'exemplaire signé est gardé.",
            forms.SignatureForm,
            _signer,
            frozenset({Etat.A_SIGNER}),
            si=lambda marche: not actes_de(marche),
            premier=True,
        ),
        Geste(
            "signataire",
            "Confirmer le signataire",
            "Noter ma confirmation",
            "Aucun logiciel ne sait si la personne qui a signé peut engager le titulaire. "
            "Comparez son nom à l'extrait Kbis "
            "ou à une délégation (CCP, annexe 12, art. 5).",
            "Votre confirmation est notée, avec ce que vous avez lu.",
            forms.SignataireForm,
            _confirmer_le_signataire,
            SIGNES | {Etat.A_SIGNER},
            si=lambda marche: bool(marche.signe_par_le_titulaire_le) and not actes_de(marche),
        ),
        Geste(
            "transmission-a-dire",
            "Dire si le contrat se transmet",
            "Garder la réponse",
            (
                "Le seuil de transmission au préfet n'est pas connu à cette date. Vérifiez-le, "
                "puis dites ce que vous retenez."
            ),
            "La réponse est gardée.",
            forms.TransmissionADireForm,
            _dire_la_transmission,
            frozenset({Etat.SIGNE}),
            si=lambda marche: marche.transmission != "requise" and not _est_partie(marche),
            premier=True,
        ),
        Geste(
            "transmission-par-le-tiers",
            "Transmettre au préfet",
            "Transmettre",
            (
                "Chaque acte signé part par le tiers de télétransmission. "
                "L'accusé de la préfecture est gardé, avec sa date."
            ),
            "Le contrat est transmis : l'accusé de la préfecture est gardé.",
            forms.RienForm,
            _transmettre_par_le_tiers,
            frozenset({Etat.SIGNE}),
            si=lambda marche: (
                marche.transmission == "requise" and transmission_des_actes() is not None
            ),
            premier=True,
        ),
        Geste(
            "transmission",
            "Noter la transmission au préfet",
            "Garder la preuve",
            (
                "Joignez la preuve de dépôt d'@CTES, en PDF ou en XML, et sa date. "
                "Le contrat ne se notifie qu'ensuite."
            ),
            "La transmission est notée.",
            forms.PreuveForm,
            _transmettre,
            frozenset({Etat.SIGNE}),
            si=lambda marche: marche.transmission == "requise",
            premier=True,
        ),
        Geste(
            "notification",
            "Notifier par la messagerie",
            "Notifier le titulaire",
            (
                "Le contrat signé part au titulaire. "
                "Le jour où il l'ouvre est celui où le contrat prend effet."
            ),
            "La notification est partie. Le contrat prendra effet quand le titulaire l'aura lue.",
            forms.RienForm,
            _envoyer_la_notification,
            SIGNES,
            si=lambda marche: (
                _peut_partir(marche)
                and marche.consultation_id is not None
                and marche.notification_id is None
                and not actes_de(marche)
            ),
            premier=True,
        ),
        Geste(
            "notification-recue",
            "Noter la notification reçue",
            "Noter la réception",
            (
                "Notifié par lettre ou en main propre : la date se recopie de la preuve. "
                "Le contrat prend effet ce jour-là."
            ),
            "Le contrat a pris effet.",
            forms.PreuveForm,
            _notifier,
            SIGNES,
            si=lambda marche: _peut_partir(marche) and not actes_de(marche),
            premier=True,
        ),
        Geste(
            "avis",
            "Noter l'avis d'attribution",
            "Noter l'envoi",
            "Le jour où l'avis d'attribution est parti.",
            "L'envoi de l'avis est noté.",
            forms.DateForm,
            _noter_l_avis,
            SIGNES | EN_COURS,
            si=lambda marche: marche.avis_d_attribution_le is None,
        ),
        Geste(
            "commande",
            "Noter un bon de commande",
            "Garder la commande",
            "Chaque commande se retranche du maximum. Au-delà, elle est refusée.",
            "La commande est gardée.",
            forms.CommandeForm,
            _commander,
            EN_COURS,
            si=lambda marche: marche.maximum is not None,
            premier=True,
            parmi=representants_de,
        ),
        Geste(
            "annulation",
            "Annuler un bon de commande",
            "Annuler le bon",
            "Le bon ne compte plus dans ce qui est consommé.",
            "Le bon est annulé.",
            forms.AnnulationForm,
            _annuler,
            EN_COURS,
            si=lambda marche: marche.commandes.filter(annule_le=None).exists(),
        ),
        Geste(
            "modification",
            "Modifier le contrat",
            "Garder la modification",
            (
                "Une modification signée et notifiée. Le fondement décide de sa limite, "
                "et le calcul est gardé."
            ),
            "La modification est gardée.",
            forms.ModificationForm,
            _modifier,
            EN_COURS,
            parmi=titulaires_de,
        ),
        Geste(
            "avis-de-modification",
            "Noter l'avis de modification",
            "Noter l'envoi",
            (
                "Le jour où l'avis de modification est parti au Journal officiel de "
                "l'Union européenne."
            ),
            "L'envoi de l'avis est noté.",
            forms.DateForm,
            _noter_l_avis_de_modification,
            ONT_PRIS_EFFET,
            si=lambda marche: marche.modifications.filter(avis_requis=True, avis_le=None).exists(),
            premier=True,
        ),
        Geste(
            "sous-traitance",
            "Accepter un sous-traitant",
            "Garder l'acte",
            "L'acte de sous-traitance signé, avec le montant maximal qu'il fixe.",
            "L'acte de sous-traitance est gardé.",
            forms.SousTraitanceForm,
            _sous_traiter,
            EN_COURS,
        ),
        Geste(
            "execution",
            "Constater la fin",
            "Constater la fin de l'exécution",
            "Le jour où tout est exécuté ou reçu. Les délais de conservation en partent.",
            "La fin de l'exécution est notée.",
            forms.DateEtPieceForm,
            _constater_l_execution,
            EN_COURS,
        ),
        Geste(
            "resiliation",
            "Résilier",
            "Résilier le contrat",
            "La décision motivée, et le jour où elle prend effet.",
            "Le contrat est résilié.",
            forms.FinForm,
            _resilier,
            EN_COURS,
        ),
        Geste(
            "fiche",
            "Préparer les données essentielles",
            "Préparer la fiche",
            (
                "La fiche se remplit de ce que dit le contrat. "
                "Rien ne se publie avant que vous l'ayez relue."
            ),
            "La fiche est prête à relire.",
            forms.RienForm,
            _preparer_la_fiche,
            ONT_PRIS_EFFET,
            si=lambda marche: fiche_de(marche) is None,
        ),
        Geste(
            "suites",
            "Publier les modifications",
            "Publier",
            (
                "Les modifications et les actes de sous-traitance qui ne sont pas encore aux "
                "données essentielles."
            ),
            "Les modifications sont publiées.",
            forms.RienForm,
            _publier_les_suites,
            ONT_PRIS_EFFET,
            si=suites_a_publier,
            premier=True,
        ),
        Geste(
            "cloture",
            "Clore",
            "Clore le contrat",
            "Le jour où le solde a été payé : le délai comptable de conservation en part.",
            "Le contrat est clos.",
            forms.DateForm,
            _clore,
            frozenset({Etat.EXECUTE, Etat.RESILIE}),
            premier=True,
        ),
        Geste(
            "abandon",
            "Abandonner",
            "Abandonner le contrat",
            "Avant la signature de l'acheteur, on peut renoncer. Le numéro reste pris.",
            "Le contrat est abandonné.",
            forms.MotifForm,
            _abandonner,
            frozenset({Etat.A_SIGNER}),
        ),
    )
}


def gestes_possibles(marche: Marche) -> dict[str, list[Geste]]:
    """Ceux que l'état permet : ceux qu'on attend, en boutons ; les autres, repliés."""
    possibles = [
        geste for geste in GESTES.values() if marche.etat in geste.dans and geste.si(marche)
    ]
    return {
        "attendus": [geste for geste in possibles if geste.premier],
        "autres": [geste for geste in possibles if not geste.premier],
    }
