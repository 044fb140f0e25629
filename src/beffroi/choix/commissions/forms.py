"""Les formulaires de la commission : la forme seulement ; la loi est dans les règles."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms

from beffroi.achat.consultations.models import Consultation
from beffroi.choix.commissions.models import Point, Reunion, Siege
from beffroi.choix.commissions.mots import Fonction, Objet, Presence, Sorte
from beffroi.choix.commissions.ports import OffreALire
from beffroi.choix.commissions.rules import REMPLACANTS, Vote
from beffroi.choix.commissions.services import (
    Affaire,
    PresenceNotee,
    ProjetDeCommission,
    ProjetDeMembre,
    ProjetDeReunion,
    ProjetDeVote,
)
from beffroi.personnes.organismes.models import Organisme
from beffroi.socle.guichet.champs.dates import HeureField, JourField, instant
from beffroi.socle.guichet.champs.fichiers import FichierBorne
from droit.dates import en_toutes_lettres

OCTETS_D_UN_EXEMPLAIRE = 20_000_000
SIGNES = 3000
PERSONNE, FAVORABLE = "personne", "avis"


def zone(label: str, *, requis: str = "", aide: str = "", rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=bool(requis),
        max_length=SIGNES,
        help_text=aide,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": requis},
    )


class CommissionForm(forms.Form):
    """Une commission, et ce que son règlement intérieur en dit."""

    organisme = forms.ChoiceField(label="Pour quel organisme ?")
    nom = forms.CharField(
        label="Nom",
        max_length=160,
        initial="Commission d'appel d'offres",
        error_messages={"required": "Donnez-lui un nom."},
    )
    sorte = forms.ChoiceField(
        label="Laquelle ?", choices=list(Sorte.dites().items()), widget=forms.RadioSelect
    )
    delai_en_jours_francs = forms.IntegerField(
        label="Délai de convocation, en jours francs",
        min_value=0,
        max_value=30,
        initial=5,
        help_text="Aucun texte national ne le fixe : recopiez celui de votre règlement intérieur.",
    )
    voix_preponderante = forms.BooleanField(
        label="Le règlement intérieur donne au président voix prépondérante en cas de partage",
        required=False,
    )
    qualification = forms.CharField(
        label="Qualification exigée des candidats au concours",
        max_length=200,
        required=False,
        help_text="Pour un jury : un tiers de ses membres l'ont aussi (CCP, art. R. 2162-22).",
    )

    def __init__(self, *args: Any, organismes: Sequence[Organisme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organismes = {organisme.siret: organisme for organisme in organismes}
        choix = [(siret, organisme.nom) for siret, organisme in self.organismes.items()]
        self.fields["organisme"].choices = choix  # type: ignore[attr-defined]
        if len(choix) == 1:
            self.fields["organisme"].widget, self.fields["organisme"].initial = (
                forms.HiddenInput(),
                choix[0][0],
            )

    def projet(self) -> ProjetDeCommission:
        donnees = {nom: valeur for nom, valeur in self.cleaned_data.items() if nom != "organisme"}
        return ProjetDeCommission(**donnees)


class MembreForm(forms.Form):
    """Une personne de la commission."""

    nom = forms.CharField(
        label="Nom et prénom",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Donnez son nom."},
    )
    qualite = forms.CharField(
        label="Qualité",
        max_length=120,
        required=False,
        help_text="Par exemple « adjoint au maire ».",
    )
    fonction = forms.ChoiceField(
        label="Place", choices=list(Fonction.dites().items()), widget=forms.RadioSelect
    )
    courriel = forms.EmailField(
        label="Adresse électronique",
        required=False,
        help_text="La convocation y part. Si c'est celle d'un "
        "agent de votre organisme, même sans rôle, "
        "la personne lit "
        "aussi l'ordre du jour avec son compte.",
        error_messages={"invalid": "Saisissez une adresse, par exemple nom@commune.fr."},
    )
    qualifie = forms.BooleanField(
        label="Jury : a la qualification exigée des candidats, ou une équivalente", required=False
    )

    def projet(self) -> ProjetDeMembre:
        return ProjetDeMembre(**self.cleaned_data)


class ReunionForm(forms.Form):
    """Le jour, le lieu, l'ordre du jour."""

    jour_prevue = JourField(label="Jour", error_messages={"required": "Choisissez le jour."})
    heure_prevue = HeureField(label="Heure", error_messages={"required": "Choisissez l'heure."})
    lieu = forms.CharField(
        label="Lieu",
        max_length=300,
        help_text="La salle, et l'adresse de la visioconférence s'il y en a une.",
        error_messages={"required": "Dites où la commission se réunit."},
    )
    a_distance = forms.BooleanField(
        label="Des membres peuvent délibérer à distance", required=False
    )
    affaires = forms.MultipleChoiceField(
        label="Ordre du jour",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Mettez au moins une affaire à l'ordre du jour."},
    )
    suite_de = forms.ChoiceField(
        label="Seconde convocation, après une réunion sans quorum ?", required=False
    )

    def __init__(
        self,
        *args: Any,
        consultations: Sequence[Consultation],
        sans_quorum: Sequence[Reunion],
        jury: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.par_cle = {
            cle: affaire for c in consultations for cle, affaire in affaires_de(c, jury=jury)
        }
        self.premieres = {reunion.reference: reunion for reunion in sans_quorum}
        self.fields["affaires"].choices = [(cle, dite(a)) for cle, a in self.par_cle.items()]  # type: ignore[attr-defined]
        reprises = [
            (reference, f"Celle du {en_toutes_lettres(reunion.jour)}")
            for reference, reunion in self.premieres.items()
        ]
        self.fields["suite_de"].choices = [("", "Non"), *reprises]  # type: ignore[attr-defined]
        if not reprises:
            del self.fields["suite_de"]

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        donnees["prevue_le"] = instant(self, "prevue")
        return donnees

    def projet(self) -> ProjetDeReunion:
        donnees = self.cleaned_data
        prevue_le: datetime = donnees["prevue_le"]
        return ProjetDeReunion(
            prevue_le=prevue_le,
            lieu=donnees["lieu"],
            a_distance=donnees["a_distance"],
            affaires=[self.par_cle[cle] for cle in donnees["affaires"]],
            suite_de=self.premieres.get(donnees.get("suite_de", "")),
        )


def affaires_de(consultation: Consultation, *, jury: bool = False) -> list[tuple[str, Affaire]]:
    """Par lot : choisir, donner un avis ;
    puis, quand un contrat peut exister, l'avis sur une modification.

    Un jury ne donne que son avis.
    """
    objets = (
        [Objet.CHOIX, Objet.AVIS] if consultation.etat != Consultation.Etat.ATTRIBUEE else [*Objet]
    )
    if jury:
        objets = [Objet.AVIS]
    lots: list[int | None] = [lot.numero for lot in consultation.lots.all()]
    return [
        (f"{consultation.reference}:{lot or 0}:{objet.value}", Affaire(consultation, lot, objet))
        for lot in lots or [None]
        for objet in objets
    ]


def dite(affaire: Affaire) -> str:
    lot = f", lot {affaire.lot}" if affaire.lot else ""
    return (
        f"{affaire.consultation.reference}, {affaire.consultation.titre}{lot} : "
        f"{Objet(affaire.objet).dit.lower()}"
    )


class ConvocationForm(forms.Form):
    """Envoyer ; dire pourquoi, quand le délai du règlement intérieur n'y est pas."""

    motif = zone(
        "Pourquoi moins que le délai ?",
        aide="Seulement si le délai est plus court : le procès-verbal le dira.",
    )


class AnnulationForm(forms.Form):
    """Pourquoi la réunion ne se tient pas ; le nouveau jour, s'il est connu."""

    motif = zone(
        "Pourquoi ne se tient-elle pas ?", requis="Dites pourquoi : chacun le lira.", rows=2
    )
    jour_reportee = JourField(label="Nouveau jour", required=False)
    heure_reportee = HeureField(
        label="Nouvelle heure",
        required=False,
        help_text="Vides tous les deux : la réunion est annulée, sans report.",
    )

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        donnees["reportee_au"] = instant(self, "reportee")
        return donnees


class PresencesForm(forms.Form):
    """Une ligne par personne qui a voix, et par voix consultative ; l'absent se fait remplacer."""

    vue = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, reunion: Reunion, sieges: Sequence[Siege], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial["vue"] = reunion.version
        self.sieges = [siege for siege in sieges if siege.fonction not in set(REMPLACANTS.values())]
        self.a_distance = reunion.a_distance
        for siege in self.sieges:
            self.fields[f"siege_{siege.pk}"] = forms.ChoiceField(
                label=f"{siege.nom}, {Fonction(siege.fonction).dit.lower()}",
                choices=[("", "À noter"), *self._choix(siege, sieges)],
                error_messages={"required": "Notez sa présence."},
            )
            self.initial[f"siege_{siege.pk}"] = self._actuel(siege, sieges)

    def _choix(self, siege: Siege, sieges: Sequence[Siege]) -> list[tuple[str, str]]:
        facons = [(p.value, p.dit) for p in Presence if self.a_distance or p != Presence.DISTANCE]
        remplacants = [s for s in sieges if s.fonction == REMPLACANTS.get(Fonction(siege.fonction))]
        for remplacant in remplacants:
            facons.append(
                (f"{Presence.PRESENT}:{remplacant.pk}", f"Absent, remplacé par {remplacant.nom}")
            )
            if self.a_distance:
                libelle = f"Absent, remplacé à distance par {remplacant.nom}"
                facons.append((f"{Presence.DISTANCE}:{remplacant.pk}", libelle))
        return facons

    def _actuel(self, siege: Siege, sieges: Sequence[Siege]) -> str:
        remplacant = next((s for s in sieges if s.remplace_id == siege.pk), None)
        return f"{remplacant.presence}:{remplacant.pk}" if remplacant else siege.presence

    def presences(self) -> dict[int, PresenceNotee]:
        notees = {}
        for siege in self.sieges:
            presence, _, remplacant = self.cleaned_data[f"siege_{siege.pk}"].partition(":")
            notees[siege.pk] = (
                PresenceNotee(Presence.ABSENT, int(remplacant), presence)
                if remplacant
                else PresenceNotee(presence)
            )
        return notees


class DeportForm(forms.Form):
    """Qui se retire, de quelle affaire."""

    siege = forms.ChoiceField(label="Qui se retire ?")
    point = forms.ChoiceField(label="De quelle affaire ?")
    motif = zone("Pourquoi", aide="Si la personne veut bien le dire.", rows=2)

    def __init__(
        self, *args: Any, sieges: Sequence[Siege], points: Sequence[Point], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sieges = {str(siege.pk): siege for siege in sieges}
        self.points = {str(point.rang): point for point in points}
        self.fields["siege"].choices = [(cle, siege.nom) for cle, siege in self.sieges.items()]  # type: ignore[attr-defined]
        self.fields["point"].choices = [  # type: ignore[attr-defined]
            (cle, f"{cle}. {point}") for cle, point in self.points.items()
        ]
        if len(self.sieges) == 1:
            self.fields["siege"].widget, self.fields["siege"].initial = (
                forms.HiddenInput(),
                next(iter(self.sieges)),
            )


class VoteForm(forms.Form):
    """Ce qui est mis aux voix, et le décompte."""

    vue = forms.IntegerField(widget=forms.HiddenInput)
    offre = forms.ChoiceField(
        label="Que met-on aux voix ?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez."},
    )
    precision = zone(
        "Précision",
        aide="Ce que la commission retient, écarte ou demande : le procès-verbal le dira.",
    )
    pour = forms.IntegerField(label="Pour", min_value=0, max_value=99)
    contre = forms.IntegerField(label="Contre", min_value=0, max_value=99, initial=0)
    abstentions = forms.IntegerField(label="Abstentions", min_value=0, max_value=99, initial=0)
    president = forms.ChoiceField(
        label="En cas de partage, le président vote",
        required=False,
        choices=[("", "–"), ("pour", "Pour"), ("contre", "Contre")],
    )

    def __init__(
        self,
        *args: Any,
        point: Point,
        offres: Sequence[OffreALire],
        preponderante: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial["vue"] = point.reunion.version
        self.point = point
        self.offres = {offre.cle: offre for offre in offres if not offre.elimination}
        self.fields["offre"].choices = self._choix()  # type: ignore[attr-defined]
        if not preponderante:
            del self.fields["president"]

    def _choix(self) -> list[tuple[str, str]]:
        if self.point.objet == Objet.MODIFICATION:
            return [(FAVORABLE, "Donner un avis favorable à la modification")]
        jury = self.point.reunion.commission.sorte == Sorte.JURY
        verbe = "Attribuer à" if self.point.objet == Objet.CHOIX else "Proposer d'attribuer à"
        if jury:
            verbe = "Classer en tête :"
        choix = [
            (cle, f"{verbe} {offre.nom}{f', classée {offre.rang}' if offre.rang else ''}")
            for cle, offre in self.offres.items()
        ]
        return [
            *choix,
            (PERSONNE, "Donner un avis sans classer de projet" if jury else "Ne retenir personne"),
        ]

    def projet(self) -> ProjetDeVote:
        donnees = self.cleaned_data
        offre = self.offres.get(donnees["offre"])
        libelle = dict(self._choix())[donnees["offre"]]
        precision = donnees["precision"].strip()
        president = donnees.get("president", "")
        return ProjetDeVote(
            vote=Vote(
                donnees["pour"],
                donnees["contre"],
                donnees["abstentions"],
                president == "pour" if president else None,
            ),
            proposition=f"{libelle}. {precision}" if precision else libelle,
            pli=offre.pli if offre else None,
            variante=offre.variante if offre else 0,
        )


class ProjetsForm(forms.Form):
    """Tirer les lettres, ou lever l'anonymat."""

    TIRER, LEVER = "tirer", "lever"
    geste = forms.ChoiceField(choices=[(TIRER, TIRER), (LEVER, LEVER)], widget=forms.HiddenInput)


class ObservationForm(forms.Form):
    """Une observation au procès-verbal."""

    nom = forms.CharField(
        label="Qui observe ?", max_length=120, error_messages={"required": "Dites qui observe."}
    )
    texte = zone("Observation", requis="Écrivez l'observation.")


class ClotureForm(forms.Form):
    """La version de la réunion que la personne a sous les yeux."""

    vue = forms.IntegerField(widget=forms.HiddenInput)


class ExemplaireField(FichierBorne):
    """Un procès-verbal numérisé, page après page."""

    octets_au_plus = OCTETS_D_UN_EXEMPLAIRE


class ExemplaireForm(forms.Form):
    """L'exemplaire signé."""

    fichier = ExemplaireField(
        label="Procès-verbal signé",
        max_length=255,
        help_text=(
            "Numérisé après signature sur papier, ou signé électroniquement. 20 Mo au plus."
        ),
        error_messages={"required": "Choisissez un fichier."},
    )


class DispenseForm(forms.Form):
    """Pourquoi la commission ne choisit pas ici."""

    lot = forms.TypedChoiceField(label="Pour quel lot ?", coerce=int)
    motif = zone(
        "Pourquoi ce lot s'attribue-t-il sans elle ?",
        requis="Dites pourquoi : la raison est gardée au journal.",
        aide="Urgence impérieuse, acheteur que la CAO ne concerne pas, "
        "montant sous les seuils européens, ou réunion tenue "
        "sans la plateforme : donnez-en la date.",
    )

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lots = [(lot.numero, str(lot)) for lot in consultation.lots.all()]
        self.fields["lot"].choices = lots or [(0, "L'achat")]  # type: ignore[attr-defined]
        if not lots:
            self.fields["lot"].widget, self.fields["lot"].initial = forms.HiddenInput(), 0
