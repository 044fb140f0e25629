"""Chaque acte d'une convention, tel que son écran le propose :
un formulaire, une phrase, un service.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from beffroi.centre.conventions import forms
from beffroi.centre.conventions.models import Convention, PieceDeConvention
from beffroi.centre.conventions.permissions import ACTES
from beffroi.centre.conventions.services import avenants, cycle, fin, fin_a_deux, litiges
from beffroi.centre.conventions.services.fin import EFFACER, RENONCER, RESILIER
from beffroi.centre.conventions.services.pieces import exemplaire_envoye
from beffroi.centre.conventions.states import COURENT, PAS_ENCORE_SIGNEE, Etat
from beffroi.centre.propositions.models import Proposition
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.permissions import permet
from beffroi.socle.guichet import gestes as guichet


@dataclass(frozen=True)
class Geste(guichet.Geste[Convention]):
    """`dans` : les états où l'écran se propose.

    `premier` : ceux où c'est ce qu'on attend de la personne. `decide` : ce qu'une autre a proposé,
    et que l'ordonnateur décide.
    """

    dans: frozenset[Etat]
    premier: bool = False
    decide: str = ""

    @property
    def presse(self) -> bool:
        """On l'attend de la personne : son tour est venu, ou une autre l'attend."""
        return self.premier or bool(self.decide)

    @property
    def permission(self) -> str:
        return "decider_d_une_fin" if self.decide else "tenir_les_conventions"


def _initial_du_projet(convention: Convention) -> dict[str, Any]:
    champs = [*forms.ProjetForm.base_fields]
    initial = {champ: getattr(convention, champ) for champ in champs}
    return {**initial, "designation": convention.designation or f"La {convention.adherent.nom}"}


def _preparer(
    convention: Convention, form: forms.ProjetForm, par: Utilisateur, le: datetime
) -> object:
    return cycle.preparer(convention=convention, acte=form.acte(), par=par.acteur, maintenant=le)


def _envoyer(convention: Convention, form: Any, par: Utilisateur, le: datetime) -> object:
    return cycle.envoyer(convention=convention, par=par.acteur, maintenant=le)


def _relancer(convention: Convention, form: Any, par: Utilisateur, le: datetime) -> object:
    return cycle.relancer(convention=convention, par=par.acteur, maintenant=le)


def _reprendre(convention: Convention, form: Any, par: Utilisateur, le: datetime) -> object:
    return cycle.reprendre(
        convention=convention, motif=form.cleaned_data["motif"], par=par.acteur, maintenant=le
    )


def _deliberer(
    convention: Convention, form: forms.DeliberationForm, par: Utilisateur, le: datetime
) -> object:
    return cycle.recevoir_la_deliberation(
        convention=convention,
        deliberation=form.deliberation(),
        date_de_l_acte=form.cleaned_data["date_de_l_acte"],
        par=par.acteur,
        maintenant=le,
    )


def _signer(
    convention: Convention, form: forms.SignatureForm, par: Utilisateur, le: datetime
) -> object:
    envoye = exemplaire_envoye(convention, PieceDeConvention.Sorte.EXEMPLAIRE)
    return cycle.signer(
        convention=convention, signature=form.signature(envoye), par=par.acteur, maintenant=le
    )


def _activer(convention: Convention, form: Any, par: Utilisateur, le: datetime) -> object:
    return cycle.activer(convention=convention, par=par.acteur, maintenant=le)


def _ecarter(convention: Convention, form: Any, par: Utilisateur, le: datetime) -> object:
    return cycle.ecarter(
        convention=convention, motif=form.cleaned_data["motif"], par=par.acteur, maintenant=le
    )


def _avenant(
    convention: Convention, form: forms.AvenantForm, par: Utilisateur, le: datetime
) -> object:
    return avenants.proposer(
        convention=convention, changement=form.changement(), par=par.acteur, maintenant=le
    )


def _copie(convention: Convention, form: forms.CopieForm, par: Utilisateur, le: datetime) -> object:
    return fin.noter_la_copie(
        convention=convention, preuve=form.preuve(), par=par.acteur, maintenant=le
    )


def _annuler(convention: Convention, form: Any, par: Utilisateur, le: datetime) -> object:
    motif = form.cleaned_data["motif"]
    return fin.annuler_la_denonciation(
        convention=convention, motif=motif, par=par.acteur, maintenant=le
    )


def _proposer_de_renoncer(
    convention: Convention, form: Any, par: Utilisateur, le: datetime
) -> object:
    return fin_a_deux.proposer_de_renoncer(
        convention=convention, motif=form.cleaned_data["motif"], par=par, maintenant=le
    )


def _proposer_d_effacer(
    convention: Convention, form: forms.DateEtPieceForm, par: Utilisateur, le: datetime
) -> object:
    jour = form.cleaned_data["le"]
    return fin_a_deux.proposer_d_effacer(
        convention=convention, le=jour, fichier=form.piece(), par=par, maintenant=le
    )


def _resilier(convention: Convention, form: Any, par: Utilisateur, le: datetime) -> object:
    return fin_a_deux.resilier(convention=convention, par=par, maintenant=le)


def _renoncer(convention: Convention, form: Any, par: Utilisateur, le: datetime) -> object:
    return fin_a_deux.renoncer(convention=convention, par=par, maintenant=le)


def _effacer(convention: Convention, form: Any, par: Utilisateur, le: datetime) -> object:
    return fin_a_deux.effacer(convention=convention, par=par, maintenant=le)


def _remise(
    convention: Convention, form: forms.RemiseForm, par: Utilisateur, le: datetime
) -> object:
    return fin.noter_une_etape(
        convention=convention,
        etape=form.cleaned_data["etape"],
        le=form.cleaned_data["le"],
        fichier=form.piece(),
        par=par.acteur,
        maintenant=le,
    )


def _litige(convention: Convention, form: Any, par: Utilisateur, le: datetime) -> object:
    saisi = form.cleaned_data
    return litiges.ouvrir_un_litige(
        convention=convention, objet=saisi["objet"], le=saisi["le"], par=par.acteur, maintenant=le
    )


INITIAUX: Mapping[str, Callable[[Convention], dict[str, Any]]] = {"projet": _initial_du_projet}
# Revenir sur une fin : par qui elle est venue dit comment.
REVIENNENT = {"annulation": "adherent", "proposer-la-renonciation": "centre"}
# Sans objet quand la délibération est revenue : il reste à la vérifier.
ATTENDENT_UN_RETOUR = frozenset({"deliberation", "relance"})
FINISSENT = frozenset({Etat.DENONCEE, Etat.CLOSE})
GESTES = {
    geste.nom: geste
    for geste in (
        Geste(
            "projet",
            "Préparer le projet",
            "Garder le projet",
            (
                "Ce que l'acte dira de l'adhérent. Le tribunal, "
                "le comptable et la grille viennent des paramètres du centre."
            ),
            "Le projet est gardé.",
            forms.ProjetForm,
            _preparer,
            frozenset({Etat.DEMANDE, Etat.PROJET}),
            premier=True,
        ),
        Geste(
            "envoi",
            "Envoyer le projet",
            "Envoyer à la collectivité",
            (
                "Le projet et ses annexes partent par courriel, en PDF et en ODT. "
                "Seules la délibération et la date y manquent."
            ),
            "Le projet est parti.",
            forms.RienForm,
            _envoyer,
            frozenset({Etat.PROJET}),
            premier=True,
        ),
        Geste(
            "deliberation",
            "Noter la délibération",
            "Garder la délibération",
            "L'exemplaire à signer se produit ensuite, sans un blanc.",
            "La délibération est gardée. L'exemplaire à signer est prêt.",
            forms.DeliberationForm,
            _deliberer,
            frozenset({Etat.CHEZ_LA_COLLECTIVITE}),
            premier=True,
        ),
        Geste(
            "relance",
            "Relancer la collectivité",
            "Envoyer la relance",
            "Un courriel demande où en est la délibération. Un par jour au plus.",
            "La relance est partie.",
            forms.RienForm,
            _relancer,
            frozenset({Etat.CHEZ_LA_COLLECTIVITE}),
        ),
        Geste(
            "signature",
            "Déposer une signature",
            "Garder l'exemplaire signé",
            "À la seconde signature, la prise d'effet se calcule : la dernière signature, "
            "ou la délibération exécutoire si "
            "elle vient après. Une signature électronique s'y lit ; la confiance dans son "
            "certificat n'est pas jugée. Le texte se compare à celui qui avait été envoyé.",
            "L'exemplaire signé est gardé.",
            forms.SignatureForm,
            _signer,
            frozenset({Etat.DELIBERATION_RECUE}),
            premier=True,
        ),
        Geste(
            "activation",
            "Activer",
            "Activer et inviter",
            "L'organisme s'ouvre, et son premier administrateur reçoit une invitation.",
            "La convention est active.",
            forms.RienForm,
            _activer,
            frozenset({Etat.SIGNEE}),
            premier=True,
        ),
        Geste(
            "reprise",
            "Reprendre le projet",
            "Reprendre",
            "La délibération et les signatures déjà notées ne vaudront plus : le texte change.",
            "Le projet est repris.",
            forms.MotifForm,
            _reprendre,
            frozenset({Etat.CHEZ_LA_COLLECTIVITE, Etat.DELIBERATION_RECUE}),
        ),
        Geste(
            "avenant",
            "Proposer un avenant",
            "Produire l'avenant",
            "L'avenant se produit en PDF et en ODT. Il vaut quand les deux parties l'ont signé.",
            "L'avenant est prêt à signer.",
            forms.AvenantForm,
            _avenant,
            COURENT,
        ),
        Geste(
            "archives",
            "Noter la lettre aux Archives",
            "Noter la lettre",
            (
                "L'adhérent écrit aussi aux Archives départementales, par leur propre recommandé. "
                "Une lettre qui manque ne bloque rien."
            ),
            "La lettre est notée.",
            forms.CopieForm,
            _copie,
            FINISSENT,
        ),
        Geste(
            "remise",
            "Noter la remise des documents",
            "Noter",
            "Remettre, puis faire accuser réception : dans cet ordre.",
            "C'est noté.",
            forms.RemiseForm,
            _remise,
            FINISSENT,
            premier=True,
        ),
        Geste(
            "proposer-l-effacement",
            "Proposer l'effacement",
            "Proposer",
            "Rien ne s'efface : une autre personne, le président ou qui a sa délégation, décide. "
            "Il faut que l'adhérent ait accusé réception, et que ses consultations soient finies.",
            "C'est proposé. Une autre personne en décide.",
            forms.DateEtPieceForm,
            _proposer_d_effacer,
            FINISSENT,
        ),
        Geste(
            "effacement",
            "Délivrer le certificat d'effacement",
            "Délivrer",
            "Rien n'en revient : ce que le centre tenait pour cet adhérent est effacé à cette "
            "date.",
            "Le certificat est délivré.",
            forms.RienForm,
            _effacer,
            FINISSENT,
            decide=EFFACER,
        ),
        Geste(
            "resiliation",
            "Résilier la convention",
            "Résilier",
            "La convention finit six mois après la réception de la lettre, jamais avant "
            "aujourd'hui. L'adhérent reçoit un courriel. Jusqu'au dernier jour, deux personnes "
            "peuvent y renoncer.",
            "La résiliation est notée. La fin est calculée.",
            forms.RienForm,
            _resilier,
            COURENT,
            decide=RESILIER,
        ),
        Geste(
            "proposer-la-renonciation",
            "Proposer de renoncer à résilier",
            "Proposer",
            "La résiliation tient tant qu'une autre personne n'a pas décidé d'y renoncer.",
            "C'est proposé. Une autre personne en décide.",
            forms.MotifForm,
            _proposer_de_renoncer,
            frozenset({Etat.DENONCEE}),
        ),
        Geste(
            "renonciation",
            "Renoncer à résilier",
            "Renoncer",
            "La convention court de nouveau. La lettre notée reste lisible.",
            "La résiliation est levée.",
            forms.RienForm,
            _renoncer,
            frozenset({Etat.DENONCEE}),
            decide=RENONCER,
        ),
        Geste(
            "annulation",
            "Annuler la dénonciation",
            "Annuler",
            "Une lettre notée par erreur, ou retirée d'un commun accord. Elle reste lisible.",
            "La dénonciation est annulée.",
            forms.MotifForm,
            _annuler,
            frozenset({Etat.DENONCEE}),
        ),
        Geste(
            "litige",
            "Ouvrir un litige",
            "Ouvrir",
            "L'accord amiable se tente d'abord : deux mois sont proposés.",
            "Le litige est ouvert.",
            forms.LitigeForm,
            _litige,
            COURENT | FINISSENT,
        ),
        Geste(
            "ecart",
            "Écarter la demande",
            "Écarter",
            "La convention se clôt sans avoir été signée, avec sa raison.",
            "La demande est écartée.",
            forms.MotifForm,
            _ecarter,
            PAS_ENCORE_SIGNEE,
        ),
    )
}


@dataclass(frozen=True)
class Regard:
    """Qui regarde la convention, ce qui y est proposé, et qui l'a finie (vide : personne).

    `renvoyes` : ce que la collectivité a renvoyé, et qui attend d'être vérifié.
    """

    habilitation: Habilitation
    proposees: Mapping[str, Proposition]
    finie_par: str = ""
    renvoyes: frozenset[str] = frozenset()


def gestes_possibles(convention: Convention, regard: Regard) -> list[Geste]:
    """Ceux que l'état et le rôle permettent, celui qu'on attend d'abord en tête."""
    possibles = [
        geste
        for geste in GESTES.values()
        if convention.etat in geste.dans and _est_a_elle(geste, regard)
    ]
    if convention.etat == Etat.PROJET:
        possibles.sort(key=lambda geste: geste.nom != "envoi")
    return sorted(possibles, key=lambda geste: not geste.presse)


def _est_a_elle(geste: Geste, regard: Regard) -> bool:
    if not permet(regard.habilitation, geste.permission, ACTES):
        return False
    if geste.decide:
        proposition = regard.proposees.get(geste.decide)
        qui = regard.habilitation.utilisateur_id
        return proposition is not None and proposition.proposee_par_id != qui
    if geste.nom in REVIENNENT:
        return regard.finie_par == REVIENNENT[geste.nom]
    return not (geste.nom in ATTENDENT_UN_RETOUR and "deliberation" in regard.renvoyes)
