"""Nos règles sur un avis d'attribution, avant celles de l'autorité :
ce qui manque, ce qui se contredit, et quoi faire.

Elles lisent la description, pas le XML. Chaque défaut porte le numéro européen du champ
(règlement (UE) 2019/1780). Un avis volontaire (E4) demande moins : ni les tailles, ni les
adresses, ni les critères.
"""

from collections.abc import Callable, Iterator

from formats.avis.attribution import (
    AvisDAttribution,
    OffreRetenue,
    OffresRecues,
    ResultatDuLot,
    Titulaire,
)
from formats.avis.codes import ATTRIBUTIONS, est_connu
from formats.avis.defaut import Defaut
from formats.avis.modele import Lot, Organisation
from formats.nomenclatures import cpv

ENTITE = "30"
CONCESSION = "32"
SOCIAL = "33"
VOLONTAIRE = "E4"
CENT = 100


def prevalider_l_attribution(attribution: AvisDAttribution) -> list[Defaut]:
    """Tout ce qui manque ou se contredit, dans l'ordre de l'avis ;
    vide si l'autorité n'a rien à redire.
    """
    regles: tuple[Callable[[AvisDAttribution], Iterator[Defaut]], ...] = (
        _sous_type,
        _acheteur,
        _achat,
        _lots,
        _resultats,
        _titulaires,
        _numeros,
    )
    return [defaut for regle in regles for defaut in regle(attribution)]


def _defaut(bt: str, champ: str, lieu: str, phrase: str, remede: str) -> Defaut:
    return Defaut(bt=bt, champ=champ, lieu=lieu, phrase=phrase, remede=remede)


def _manque(bt: str, champ: str, lieu: str, valeur: object) -> Iterator[Defaut]:
    if valeur is None or valeur in ("", ()):
        yield _defaut(bt, champ, lieu, f"Il manque {champ}.", "Complétez-le.")


def _sous_type(attribution: AvisDAttribution) -> Iterator[Defaut]:
    if attribution.avis.sous_type not in ATTRIBUTIONS:
        phrase = f"« {attribution.avis.sous_type} » n'est pas un sous-type d'avis d'attribution."
        yield _defaut("OPP-070", "le sous-type d'avis", "", phrase, "Écrivez 29, 30, 32, 33 ou E4.")


def _acheteur(attribution: AvisDAttribution) -> Iterator[Defaut]:
    acheteur, volontaire = attribution.avis.acheteur, _est_volontaire(attribution)
    qui = acheteur.organisation
    yield from _organisation(qui, "l'acheteur", volontaire=volontaire)
    if not volontaire:
        yield from _manque("BT-503", "le téléphone de l'acheteur", "", qui.telephone)
        yield from _manque("BT-506", "le courriel de l'acheteur", "", qui.courriel)
        if attribution.avis.sous_type == ENTITE and not est_connu(
            "entity-activity", acheteur.reseau
        ):
            phrase, remede = (
                "L'activité de réseau manque, ou n'est pas connue.",
                "Choisissez : eau, électricité, gaz…",
            )
            yield _defaut("BT-610", "l'activité de réseau", "", phrase, remede)
        yield from _organisation(attribution.avis.recours.tribunal, "le tribunal", volontaire=False)


def _organisation(qui: Organisation, role: str, *, volontaire: bool) -> Iterator[Defaut]:
    yield from _manque("BT-500", f"le nom de {role}".replace("de le", "du"), "", qui.nom)
    if volontaire:
        return
    lieu = qui.nom or role
    yield from _manque("BT-501", "le SIRET", lieu, qui.identifiant)
    yield from _manque("BT-513", "la ville", lieu, qui.ville)
    if qui.pays == "FRA":
        yield from _manque("BT-512", "le code postal", lieu, qui.code_postal)
        yield from _manque("BT-507", "le département (code NUTS)", lieu, qui.code_nuts)


def _achat(attribution: AvisDAttribution) -> Iterator[Defaut]:
    avis = attribution.avis
    yield from _manque("BT-21", "le titre", "", avis.titre)
    yield from _manque("BT-24", "la description", "", avis.description)
    yield from _manque("BT-23", "la nature de l'achat", "", avis.nature)
    yield from _nomenclature("", avis.code_cpv)
    if avis.sous_type in {"29", "30"}:
        yield from _manque("BT-105", "la procédure", "", avis.procedure.code)


def _nomenclature(lieu: str, code: str) -> Iterator[Defaut]:
    phrase, _, remede = cpv.phrase_de_defaut(code).partition(". ")
    if phrase:
        yield _defaut("BT-262", "le code CPV", lieu, f"{phrase}.", remede)


def _lots(attribution: AvisDAttribution) -> Iterator[Defaut]:
    yield from _manque("BT-137", "le lot, même unique", "", attribution.avis.lots)
    for lot in attribution.avis.lots:
        lieu = _lieu(lot.numero)
        yield from _manque("BT-21", "l'intitulé", lieu, lot.intitule)
        yield from _manque("BT-24", "la description", lieu, lot.description)
        yield from _nomenclature(lieu, lot.code_cpv)
        if attribution.avis.sous_type in {"29", CONCESSION}:
            yield from _manque("BT-539", "un critère d'attribution", lieu, lot.criteres)


def _resultats(attribution: AvisDAttribution) -> Iterator[Defaut]:
    """Chaque lot dit ce qu'il est devenu, une fois."""
    lots = {lot.numero: lot for lot in attribution.avis.lots}
    dits = [resultat.lot for resultat in attribution.resultats]
    for numero in lots:
        if dits.count(numero) != 1:
            phrase = (
                "Le résultat de ce lot manque."
                if numero not in dits
                else "Ce lot a deux résultats."
            )
            remede = "Dites s'il est attribué, ou pourquoi il ne l'est pas."
            yield _defaut("BT-13713", "le résultat du lot", _lieu(numero), phrase, remede)
    for resultat in attribution.resultats:
        if resultat.lot not in lots:
            phrase = "Ce résultat est celui d'un lot que l'avis ne décrit pas."
            yield _defaut(
                "BT-13713",
                "le résultat du lot",
                _lieu(resultat.lot),
                phrase,
                "Corrigez le numéro du lot.",
            )
        else:
            yield from _resultat(attribution, resultat, lots[resultat.lot])


def _resultat(attribution: AvisDAttribution, resultat: ResultatDuLot, lot: Lot) -> Iterator[Defaut]:
    lieu = _lieu(resultat.lot)
    if resultat.offre is None:
        yield from _motif(attribution, resultat, lieu)
    else:
        for offre in resultat.retenues:
            yield from _offre(attribution, offre, lieu)
        yield from _contrat(attribution, resultat, lieu)
        if lot.accord_cadre:
            maximum = resultat.maximum_de_l_accord_cadre_ht
            yield from _manque("BT-709", "le maximum de l'accord-cadre", lieu, maximum)
    yield from _offres(attribution, resultat, lieu)
    if attribution.avis.sous_type == SOCIAL:
        return  # L'Europe n'y admet pas les offres extrêmes : elles ne s'écrivent pas.
    basse, haute = resultat.offre_la_plus_basse_ht, resultat.offre_la_plus_haute_ht
    if (basse is None) != (haute is None) or (
        basse is not None and haute is not None and basse > haute
    ):
        phrase = (
            "L'offre la plus basse et l'offre la plus haute se disent ensemble, dans cet ordre."
        )
        yield _defaut(
            "BT-710",
            "les offres extrêmes",
            lieu,
            phrase,
            "Corrigez l'une des deux, ou n'en dites aucune.",
        )


def _motif(attribution: AvisDAttribution, resultat: ResultatDuLot, lieu: str) -> Iterator[Defaut]:
    if not est_connu("non-award-justification", resultat.motif) and (
        resultat.motif or not _est_volontaire(attribution)
    ):
        phrase = (
            f"« {resultat.motif} » n'est pas un motif." if resultat.motif else "Il manque le motif."
        )
        yield _defaut(
            "BT-144",
            "le motif de non-attribution",
            lieu,
            phrase,
            "Choisissez pourquoi le lot est resté vide.",
        )


def _offre(attribution: AvisDAttribution, offre: OffreRetenue, lieu: str) -> Iterator[Defaut]:
    yield from _manque("BT-3201", "la référence de l'offre retenue", lieu, offre.reference)
    yield from _manque("OPT-300", "le titulaire", lieu, offre.titulaires)
    if not _est_volontaire(attribution):
        yield from _manque("BT-720", "le montant de l'offre retenue", lieu, offre.montant_ht)
    if attribution.avis.sous_type == CONCESSION:
        if offre.recettes is None:
            yield from _manque("BT-160", "ce que la concession rapporte", lieu, None)
        else:
            yield from _manque(
                "BT-163", "comment les recettes sont calculées", lieu, offre.recettes.description
            )
    if offre.part_sous_traitee is not None and not 0 <= offre.part_sous_traitee <= CENT:
        phrase = f"La part sous-traitée, {offre.part_sous_traitee:f} %, n'est pas entre 0 et 100."
        yield _defaut("BT-555", "la part sous-traitée", lieu, phrase, "Corrigez-la.")


def _contrat(attribution: AvisDAttribution, resultat: ResultatDuLot, lieu: str) -> Iterator[Defaut]:
    contrat = resultat.contrat
    if contrat is None:
        yield from _manque("BT-150", "le contrat signé", lieu, None)
        return
    yield from _manque("BT-150", "le numéro du contrat", lieu, contrat.numero)
    yield from _manque("BT-145", "la date de signature du contrat", lieu, contrat.signe_le)
    if contrat.signe_le and contrat.decide_le and contrat.decide_le > contrat.signe_le:
        phrase = "Le contrat est signé avant d'être attribué."
        yield _defaut("BT-1451", "la date de la décision", lieu, phrase, "Vérifiez les deux dates.")
    if contrat.signe_le and contrat.signe_le > attribution.avis.envoi.date():
        phrase = "Le contrat est signé après l'envoi de l'avis."
        yield _defaut(
            "BT-145",
            "la date de signature du contrat",
            lieu,
            phrase,
            "Vérifiez la date, ou attendez.",
        )


def _offres(attribution: AvisDAttribution, resultat: ResultatDuLot, lieu: str) -> Iterator[Defaut]:
    offres = resultat.offres
    aucune = resultat.offre is None and resultat.motif == "no-rece"
    if offres is None:
        if not aucune and not _est_volontaire(attribution):
            yield from _manque("BT-760", "le nombre d'offres reçues", lieu, None)
    elif aucune:
        phrase = "Des offres sont comptées, et le motif dit qu'il n'en est venu aucune."
        yield _defaut(
            "BT-760",
            "le nombre d'offres reçues",
            lieu,
            phrase,
            "Retirez le compte, ou changez le motif.",
        )
    elif _se_contredisent(offres, attribue=resultat.est_attribue):
        phrase = "Les nombres d'offres se contredisent."
        remede = "Aucune sorte ne dépasse le total ; un lot attribué en a au moins une."
        yield _defaut("BT-759", "le nombre d'offres reçues", lieu, phrase, remede)


def _se_contredisent(offres: OffresRecues, *, attribue: bool) -> bool:
    etrangeres = offres.d_autres_etats_de_l_eee + offres.d_etats_tiers
    sortes = (
        offres.de_pme,
        offres.electroniques,
        offres.d_autres_etats_de_l_eee,
        offres.d_etats_tiers,
        etrangeres,
    )
    return offres.recues < int(attribue) or any(not 0 <= sorte <= offres.recues for sorte in sortes)


def _titulaires(attribution: AvisDAttribution) -> Iterator[Defaut]:
    volontaire = _est_volontaire(attribution)
    retenus: dict[Titulaire, None] = {}
    for resultat in attribution.resultats:
        retenus |= dict.fromkeys(
            titulaire for offre in resultat.retenues for titulaire in offre.titulaires
        )
    for titulaire in retenus:
        yield from _organisation(titulaire.organisation, "le titulaire", volontaire=volontaire)
        if not est_connu("economic-operator-size", titulaire.taille) and (
            titulaire.taille or not volontaire
        ):
            phrase = "La taille de l'entreprise manque, ou n'est pas connue."
            remede = "Choisissez : micro, petite, moyenne ou grande entreprise."
            yield _defaut(
                "BT-165", "la taille de l'entreprise", titulaire.organisation.nom, phrase, remede
            )


def _numeros(attribution: AvisDAttribution) -> Iterator[Defaut]:
    """Un numéro de contrat ne sert qu'une fois."""
    numeros = [resultat.contrat.numero for resultat in attribution.resultats if resultat.contrat]
    for numero in sorted({numero for numero in numeros if numero and numeros.count(numero) > 1}):
        phrase = f"Deux lots portent le numéro de contrat {numero}."
        yield _defaut(
            "BT-150", "le numéro du contrat", "", phrase, "Donnez à chaque contrat son numéro."
        )


def _lieu(numero: int) -> str:
    return f"lot {numero}"


def _est_volontaire(attribution: AvisDAttribution) -> bool:
    return attribution.avis.sous_type == VOLONTAIRE
