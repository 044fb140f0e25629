"""« Est-ce bien déposé ? » : d'un numéro, la réponse en une phrase, puis la frise de la tentative. Jamais un contenu.

Ce que l'on voit ici n'est vu que du centre. L'acheteur, avant l'heure limite, n'en sait rien.
"""

import re
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from beffroi.aide.models import DemandeDeRappel
from beffroi.aide.rules import chiffres
from beffroi.assistance.models import Demande
from beffroi.depots.models import BrouillonDeReponse, FichierScelle, Pli
from beffroi.socle.erreurs import Introuvable
from beffroi.tentatives.frise import Fait, faits_de
from formats import dates

AU_PLUS = 20
_SIRET_OU_SIREN = re.compile(r"\d{9}(?:\d{5})?")
_TELEPHONE = re.compile(r"\+?[\d\s().-]{9,20}")


@dataclass(frozen=True)
class Trouvee:
    """Une réponse, et ce que l'on peut en dire tout de suite."""

    brouillon: BrouillonDeReponse
    plis: list[Pli]

    @property
    def ton(self) -> str:
        return "ok" if self.plis else "attention"

    @property
    def phrase(self) -> str:
        """Ce que l'agent dit au téléphone."""
        if not self.plis:
            return self._pas_encore
        dernier = self.plis[-1]
        recu = f"le {dates.jour_et_heure(dernier.recu_le, exacte=True)}"
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
            return f"Non : {len(finis)} fichier(s) sur {len(recus)} sont arrivés, et rien n'est déposé."
        return f"Non : les {len(recus)} fichier(s) sont arrivés, mais le bouton « Déposer » n'a pas abouti."


def chercher(texte: str) -> list[Trouvee]:
    """Par un récépissé, une réponse, un SIRET, un SIREN, une adresse ou un numéro de téléphone connu de l'assistance."""
    dit = " ".join(texte.split())
    if not dit:
        return []
    reponses = _reponses(_condition(dit))[:AU_PLUS]
    return [Trouvee(reponse, sorted(reponse.plis.all(), key=lambda pli: pli.recu_le)) for reponse in reponses]


def une(reference: str) -> Trouvee:
    reponse = _reponses(Q(reference=reference)).first()
    if reponse is None:
        raise Introuvable
    return Trouvee(reponse, sorted(reponse.plis.all(), key=lambda pli: pli.recu_le))


def frise(trouvee: Trouvee) -> list[Fait]:
    return faits_de(trouvee.brouillon, trouvee.plis)


def _reponses(condition: Q) -> QuerySet[BrouillonDeReponse]:
    lues = BrouillonDeReponse.objects.filter(condition).distinct()
    return (
        lues.select_related("consultation__organisme", "etablissement__entreprise", "commence_par", "invitation__tour")
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
        return Q(etablissement__identifiant__startswith=seuls)
    if _TELEPHONE.fullmatch(dit):
        return _par_telephone(chiffres(dit))
    return Q(pk=None)


def _par_telephone(numero: str) -> Q:
    """Le numéro ne dit qu'un nom ou une adresse, laissés en demandant de l'aide : les comptes n'ont pas de téléphone."""
    demandes = [une for une in Demande.objects.exclude(telephone="") if chiffres(une.telephone) == numero]
    rappels = DemandeDeRappel.objects.filter(numero=numero)
    adresses = {une.courriel.lower() for une in demandes if une.courriel}
    noms = {une.nom for une in demandes if une.nom} | {rappel.nom for rappel in rappels}
    consultations = {rappel.consultation for rappel in rappels if rappel.consultation}
    par_nom = Q(commence_par__nom__in=noms)
    if consultations:
        par_nom &= Q(consultation__reference__in=consultations)
    return Q(commence_par__courriel__in=adresses) | par_nom if noms or adresses else Q(pk=None)
