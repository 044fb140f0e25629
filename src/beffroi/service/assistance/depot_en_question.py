"""« Est-ce bien déposé ? » : d'un numéro, la réponse en une phrase, puis la frise de la
tentative. Jamais un contenu.

Ce que l'on voit ici n'est vu que du centre. L'acheteur, avant l'heure limite, n'en sait rien.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import Q, QuerySet

from beffroi.reponse.depots.models import BrouillonDeReponse, FichierScelle, Pli
from beffroi.reponse.reponses.queries.avancement import avancement
from beffroi.reponse.reponses.queries.taches_de_la_reponse import taches
from beffroi.reponse.traces.ports import Fait
from beffroi.reponse.traces.queries.frise import faits_de
from beffroi.service.aide.models import DemandeDeRappel
from beffroi.service.aide.rules import chiffres, reference_dite
from beffroi.service.assistance.models import Demande
from beffroi.socle.fondations.erreurs import Introuvable
from formats import dates

AU_PLUS = 20
_SIRET_OU_SIREN = re.compile(r"\d{9}(?:\d{5})?")
_TELEPHONE = re.compile(r"\+?[\d\s().-]{9,20}")


@dataclass(frozen=True)
class Trouvee:
    """Une réponse, et ce que l'on peut en dire tout de suite.

    `homonyme` : un autre compte du même nom est dans la liste.
    """

    brouillon: BrouillonDeReponse
    plis: list[Pli]
    homonyme: bool = False

    @property
    def etat(self) -> tuple[str, str]:
        """Le ton et le mot que l'agent voit avant de lire."""
        if not self.plis:
            return "danger", "Pas déposée"
        dernier = self.plis[-1]
        if dernier.etat == Pli.Etat.RETIRE:
            return "attention", "Retirée"
        return ("attention", "Déposée hors délai") if dernier.hors_delai else ("ok", "Déposée")

    @property
    def equipe(self) -> str:
        """De quoi distinguer deux entreprises, et deux personnes du même nom :
        le SIRET, et le lieu s'il est dit.
        """
        chez = self.brouillon.equipe
        return ", ".join(filter(None, [chez.identifiant, chez.adresse or chez.code_postal]))

    @property
    def phrase(self) -> str:
        """Ce que l'agent dit au téléphone."""
        if not self.plis:
            return self._pas_encore
        dernier = self.plis[-1]
        recu = f"le {dates.jour_et_heure(dernier.recu_le)}"
        delai = "hors délai" if dernier.hors_delai else "dans les délais"
        if dernier.etat == Pli.Etat.RETIRE:
            return f"Déposée {recu}, puis retirée par l'entreprise."
        return f"Oui, déposée {recu}, {delai}. Récépissé {dernier.reference}."

    @property
    def _pas_encore(self) -> str:
        recus = [fichier for fichier in self.brouillon.fichiers.all() if fichier.ecarte_le is None]
        finis = [fichier for fichier in recus if fichier.etat == FichierScelle.Etat.TERMINE]
        if not recus:
            return "Non : rien n'est arrivé. La réponse est seulement commencée."
        if len(finis) < len(recus):
            return f"Non : {_en_fichiers(len(finis))} sur {len(recus)}, et rien n'est déposé."
        return f"Non : {_en_fichiers(len(recus))}, mais le bouton « Déposer » n'a pas abouti."


def _en_fichiers(nombre: int) -> str:
    return f"{nombre} fichiers arrivés" if nombre > 1 else f"{nombre} fichier arrivé"


def chercher(texte: str, *, le: datetime) -> list[Trouvee]:
    """Par un récépissé, une réponse, un SIRET, un SIREN,
    une adresse ou un numéro de téléphone connu de l'assistance.

    Les consultations qui reçoivent encore viennent d'abord, l'heure limite la plus proche en
    tête : on appelle pour elles.
    """
    dit = " ".join(texte.split())
    if not dit:
        return []
    reponses = list(_reponses(_condition(dit))[:AU_PLUS])
    portes = Counter(
        nom for nom, _ in {(_nom(reponse), reponse.commence_par_id) for reponse in reponses}
    )
    trouvees = [_trouvee(reponse, homonyme=portes[_nom(reponse)] > 1) for reponse in reponses]
    return sorted(trouvees, key=lambda trouvee: _presse(trouvee, le))


def _nom(reponse: BrouillonDeReponse) -> str:
    return " ".join(reponse.commence_par.nom.casefold().split())


def _trouvee(reponse: BrouillonDeReponse, *, homonyme: bool = False) -> Trouvee:
    return Trouvee(reponse, sorted(reponse.plis.all(), key=lambda pli: pli.recu_le), homonyme)


def _presse(trouvee: Trouvee, le: datetime) -> tuple[bool, float]:
    limite = trouvee.brouillon.date_limite
    if limite is None or limite < le:
        return True, -trouvee.brouillon.commence_le.timestamp()
    return False, limite.timestamp()


def une(reference: str) -> Trouvee:
    reponse = _reponses(Q(reference=reference)).first()
    if reponse is None:
        raise Introuvable
    return _trouvee(reponse)


def frise(trouvee: Trouvee) -> list[tuple[str, Sequence[Fait]]]:
    """Les faits, jour par jour : l'heure suffit à chaque ligne."""
    faits = faits_de(trouvee.brouillon, trouvee.plis)
    return [
        (jour, tuple(siens)) for jour, siens in groupby(faits, key=lambda fait: dates.jour(fait.le))
    ]


def _reponses(condition: Q) -> QuerySet[BrouillonDeReponse]:
    lues = BrouillonDeReponse.objects.filter(condition).distinct()
    return (
        lues.select_related(
            "consultation__organisme",
            "equipe",
            "commence_par",
            "invitation__tour",
        )
        .prefetch_related("plis", "fichiers")
        .order_by("-commence_le", "-pk")
    )


def _condition(dit: str) -> Q:
    seuls = re.sub(r"\s", "", dit)
    if dit.upper().startswith("R-"):
        return Q(reference=dit.upper())
    if dit.upper().startswith("D-"):
        return Q(plis__reference=dit.upper())
    if "@" in dit:
        return Q(commence_par__courriel__iexact=dit)
    if _SIRET_OU_SIREN.fullmatch(seuls):
        return Q(equipe__identifiant__startswith=seuls)
    if _TELEPHONE.fullmatch(dit):
        return _par_telephone(chiffres(dit))
    return Q(pk=None)


def _par_telephone(numero: str) -> Q:
    """Le numéro ne dit qu'un nom ou une adresse, laissés en demandant de l'aide :
    les comptes n'ont pas de téléphone.
    """
    demandes = [
        une for une in Demande.objects.exclude(telephone="") if chiffres(une.telephone) == numero
    ]
    rappels = DemandeDeRappel.objects.filter(numero=numero)
    adresses = {une.courriel.lower() for une in demandes if une.courriel}
    noms = {une.nom for une in demandes if une.nom} | {rappel.nom for rappel in rappels}
    consultations = {rappel.consultation for rappel in rappels if rappel.consultation}
    par_nom = Q(commence_par__nom__in=noms)
    if consultations:
        par_nom &= Q(consultation__reference__in=consultations)
    return Q(commence_par__courriel__in=adresses) | par_nom if noms or adresses else Q(pk=None)


def ce_qu_elle_voit(brouillon: BrouillonDeReponse, *, le: datetime) -> dict[str, object]:
    """Ce que dit l'écran de sa réponse, et ses étapes sans leurs liens :
    ni fichier, ni nom de fichier, rien à cliquer.
    """
    reponse = avancement(brouillon, le=le)
    return {"reponse": reponse, "taches": [tache._replace(url="") for tache in taches(reponse)]}


def de_la_demande(demande: Demande) -> QuerySet[BrouillonDeReponse]:
    """Les réponses dont parle une demande :
    celle qu'elle nomme, ou celles de la personne à la consultation nommée.
    """
    objet = demande.objet.strip().upper()
    if objet.startswith(("R-", "D-")):
        return _reponses(_condition(objet))
    consultation = reference_dite(objet)
    if not consultation or demande.demandeur is None:
        return BrouillonDeReponse.objects.none()
    return _reponses(Q(consultation__reference=consultation, commence_par=demande.demandeur))


def demandes_pour(brouillon: BrouillonDeReponse) -> QuerySet[Demande]:
    """Celles qui nomment la réponse, et celles de qui l'a commencée sur la même consultation."""
    nommes = [brouillon.reference, *(pli.reference for pli in brouillon.plis.all())]
    siennes = Q(objet__in=nommes) | Q(
        objet=brouillon.consultation.reference, demandeur=brouillon.commence_par
    )
    return Demande.objects.filter(siennes)


def aides_de(brouillon: BrouillonDeReponse) -> list[Fait]:
    """Quand on a demandé de l'aide pour cette réponse, par où, et quand on y a répondu.

    Ni texte, ni nom.
    """
    faits = []
    for demande in demandes_pour(brouillon):
        faits.append(
            Fait(
                demande.recue_le, f"Aide demandée, {demande.reference}", demande.get_canal_display()
            )
        )
        if demande.repondue_le:
            faits.append(
                Fait(demande.repondue_le, f"Réponse du centre de gestion, {demande.reference}")
            )
    return faits
