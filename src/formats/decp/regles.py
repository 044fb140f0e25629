"""Ce que le schéma ne vérifie pas :
les clés, les dates dans l'ordre, les numéros uniques, les champs qui se contredisent.

Chaque règle lit un contrat bien formé et rend ses défauts. Une règle du format est une erreur ; ce
qui mérite seulement d'être relu ne l'est pas. Source : arrêtés du 22 décembre 2022 modifiés, et la
documentation du format qui les traduit ; CCP.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from stdnum.eu import vat
from stdnum.exceptions import ValidationError
from stdnum.fr import siret

from formats.decp.defaut import Defaut
from formats.decp.modele import Concession, Marche, Paquet, Titulaire
from formats.decp.mois import ajouter
from formats.nomenclatures import cpv

ARRETE_MARCHES = "arrêté du 22 décembre 2022 modifié, marchés publics"
ARRETE_CONCESSIONS = "arrêté du 22 décembre 2022 modifié, concessions"
SIRENE = "répertoire Sirene, clé du numéro"
DELAI = "CCP, art. R. 2196-1"
DELAI_CONCESSION = "CCP, art. R. 3131-1"
DELAI_EN_MOIS = 2
RIEN_DE_TEL = {
    "Sans objet",
    "Pas de considération sociale",
    "Pas de considération environnementale",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Constat:
    champ: str
    phrase: str
    remede: str
    source: str
    est_une_erreur: bool = True


def verifier(paquet: Paquet) -> Iterator[Defaut]:
    """Les défauts de chaque contrat, puis ceux du fichier entier.

    Le champ est nommé comme dans le format.
    """
    for marche in paquet.marches:
        yield from verifier_le_marche(marche)
    for concession in paquet.concessions:
        yield from verifier_la_concession(concession)
    yield from _numeros_des_contrats(paquet)


def verifier_le_marche(marche: Marche) -> Iterator[Defaut]:
    """Les défauts d'un marché."""
    regles: tuple[Callable[[Marche], Iterator[_Constat]], ...] = (
        _operateurs,
        _origines,
        _avance,
        _accord_cadre,
        _nomenclature,
        _groupement,
        _exclusions,
        _dates,
        _modifications,
        _actes,
    )
    yield from _defauts(
        f"Marché {marche.id}", (constat for regle in regles for constat in regle(marche))
    )


def verifier_la_concession(concession: Concession) -> Iterator[Defaut]:
    """Les défauts d'une concession."""
    regles: tuple[Callable[[Concession], Iterator[_Constat]], ...] = (
        _concessionnaires,
        _exclusions,
        _dates_de_concession,
        _modifications_de_concession,
    )
    yield from _defauts(
        f"Concession {concession.id}",
        (constat for regle in regles for constat in regle(concession)),
    )


def _defauts(contrat: str, constats: Iterable[_Constat]) -> Iterator[Defaut]:
    for constat in constats:
        yield Defaut(
            contrat=contrat,
            champ=constat.champ,
            phrase=constat.phrase,
            remede=constat.remede,
            source=constat.source,
            est_une_erreur=constat.est_une_erreur,
        )


def _numeros_des_contrats(paquet: Paquet) -> Iterator[Defaut]:
    """Un numéro ne désigne qu'un contrat d'un acheteur ; un lot est un contrat."""
    vus: set[tuple[str, str]] = set()
    cles = [(marche.acheteur_id, marche.id) for marche in paquet.marches]
    cles += [
        (concession.autorite_concedante_id, concession.id) for concession in paquet.concessions
    ]
    for acheteur, numero in cles:
        if (acheteur, numero) in vus:
            yield Defaut(
                contrat=f"Contrat {numero}",
                champ="id",
                phrase=f"L'acheteur {acheteur} a deux contrats de ce numéro dans le fichier.",
                remede="Donnez à chaque contrat, et à chaque lot, son numéro.",
                source=ARRETE_MARCHES,
            )
        vus.add((acheteur, numero))


def _operateurs(marche: Marche) -> Iterator[_Constat]:
    yield from _siret(marche.acheteur_id, "acheteur.id")
    yield from _tous(marche.titulaires, "titulaires", "titulaire")
    for rang, modification in enumerate(marche.modifications, start=1):
        yield from _tous(
            modification.titulaires, f"modifications[{rang}].modification.titulaires", "titulaire"
        )
    for rang, acte in enumerate(marche.actes_sous_traitance, start=1):
        yield from _operateur(
            acte.sous_traitant, f"actesSousTraitance[{rang}].acteSousTraitance.sousTraitant.id"
        )


def _concessionnaires(concession: Concession) -> Iterator[_Constat]:
    yield from _siret(concession.autorite_concedante_id, "autoriteConcedante.id")
    yield from _tous(concession.concessionnaires, "concessionnaires", "concessionnaire")


def _tous(operateurs: tuple[Titulaire, ...], champ: str, enveloppe: str) -> Iterator[_Constat]:
    for rang, operateur in enumerate(operateurs, start=1):
        yield from _operateur(operateur, f"{champ}[{rang}].{enveloppe}.id")


def _operateur(operateur: Titulaire, champ: str) -> Iterator[_Constat]:
    if operateur.type_identifiant == "SIRET":
        yield from _siret(operateur.id, champ)
    elif operateur.type_identifiant == "TVA" and not vat.is_valid(operateur.id):
        phrase = f"« {operateur.id[:40]} » n'est pas un numéro de TVA de l'Union."
        yield _Constat(
            champ=champ,
            phrase=phrase,
            remede="Vérifiez le numéro et son pays.",
            source="système VIES",
        )
    elif not operateur.id.strip():
        yield _Constat(
            champ=champ,
            phrase="L'identifiant est vide.",
            remede="Donnez-le, ou changez de type.",
            source=ARRETE_MARCHES,
        )


def _siret(numero: str, champ: str) -> Iterator[_Constat]:
    """La clé de Luhn, avec l'exception de La Poste."""
    try:
        if siret.validate(numero) == numero:
            return
        phrase, remede = (
            f"« {numero[:40]} » n'est pas écrit en 14 chiffres.",
            "Retirez les espaces.",
        )
    except ValidationError:
        if len(numero) == 14 and numero.isdecimal():
            phrase = f"La clé du SIRET {numero} est fausse."
            remede = "Un chiffre est mal recopié : reprenez-le sur l'avis de situation Sirene."
        else:
            phrase = f"« {numero[:40]} » n'est pas un SIRET."
            remede = "Un SIRET a 14 chiffres, sans espace ; un SIREN n'en a que 9."
    yield _Constat(champ=champ, phrase=phrase, remede=remede, source=SIRENE)


def _origines(marche: Marche) -> Iterator[_Constat]:
    union, france = marche.origine_ue, marche.origine_france
    if union is not None and france is not None and union < france:
        phrase = (
            f"La part de l'Union, {union:f}, est inférieure à celle de la France, {france:f}, "
            "qui en fait partie."
        )
        yield _Constat(
            champ="origineUE",
            phrase=phrase,
            remede="Corrigez l'une des deux.",
            source=ARRETE_MARCHES,
        )
    if (union is None) != (france is None):
        manque = "origineUE" if union is None else "origineFrance"
        yield _Constat(
            champ=manque,
            phrase="Une part est dite sans l'autre.",
            remede="Dites les deux, ou aucune si l'achat n'est pas concerné.",
            source=ARRETE_MARCHES,
            est_une_erreur=False,
        )


def _avance(marche: Marche) -> Iterator[_Constat]:
    """Le schéma admet zéro pour un taux inconnu, quand une avance est attribuée."""
    if marche.taux_avance and not marche.attribution_avance:
        yield _Constat(
            champ="tauxAvance",
            phrase=(
                f"Un taux d'avance de {marche.taux_avance:f} est dit, "
                "mais aucune avance n'est attribuée."
            ),
            remede="Retirez le taux, ou écrivez que l'avance est attribuée.",
            source=ARRETE_MARCHES,
        )
    if marche.attribution_avance and not marche.taux_avance:
        yield _Constat(
            champ="tauxAvance",
            phrase="Une avance est attribuée, sans que son taux soit dit.",
            remede="Écrivez-le : 0.3 pour 30 %.",
            source=ARRETE_MARCHES,
            est_une_erreur=False,
        )


def _accord_cadre(marche: Marche) -> Iterator[_Constat]:
    if marche.id_accord_cadre and marche.id_accord_cadre == marche.id:
        yield _Constat(
            champ="idAccordCadre",
            phrase="Le marché se dit rattaché à lui-même.",
            remede="Écrivez le numéro de l'accord-cadre, ou retirez ce champ.",
            source=ARRETE_MARCHES,
            est_une_erreur=False,
        )


def _nomenclature(marche: Marche) -> Iterator[_Constat]:
    if phrase := cpv.phrase_de_defaut(marche.code_cpv[:8]):
        yield _Constat(
            champ="codeCPV", phrase=phrase, remede="", source="règlement (CE) n° 213/2008"
        )


def _groupement(marche: Marche) -> Iterator[_Constat]:
    """Un accord-cadre peut avoir plusieurs titulaires sans groupement (CCP, art. L. 2125-1)."""
    seul, plusieurs = (
        marche.type_groupement_operateurs == "Pas de groupement",
        len(marche.titulaires) > 1,
    )
    if seul == plusieurs and not (seul and "Accord-cadre" in marche.techniques):
        dit = (
            "aucun groupement"
            if seul
            else f"un groupement {marche.type_groupement_operateurs.lower()}"
        )
        yield _Constat(
            champ="typeGroupementOperateurs",
            phrase=f"Le contrat dit {dit}, et nomme {len(marche.titulaires)} titulaire(s).",
            remede="Nommez chaque membre du groupement, ou corrigez sa forme.",
            source=ARRETE_MARCHES,
            est_une_erreur=False,
        )


def _exclusions(contrat: Marche | Concession) -> Iterator[_Constat]:
    """« Sans objet » ne va avec rien d'autre."""
    listes = {
        "considerationsSociales": contrat.considerations_sociales,
        "considerationsEnvironnementales": contrat.considerations_environnementales,
    }
    if isinstance(contrat, Marche):
        listes |= {
            "techniques": contrat.techniques,
            "modalitesExecution": contrat.modalites_execution,
        }
    for champ, valeurs in listes.items():
        if len(valeurs) > 1 and (dit := RIEN_DE_TEL.intersection(valeurs)):
            yield _Constat(
                champ=champ,
                phrase=f"« {dit.pop()} » est dit avec autre chose.",
                remede="Retirez l'un ou l'autre.",
                source=ARRETE_MARCHES,
                est_une_erreur=False,
            )


def _dates(marche: Marche) -> Iterator[_Constat]:
    yield from _publication(
        marche.date_notification, marche.date_publication_donnees, "datePublicationDonnees"
    )
    for rang, modification in enumerate(marche.modifications, start=1):
        champ = f"modifications[{rang}].modification"
        notifiee = modification.date_notification_modification
        yield from _pas_avant(
            marche.date_notification,
            notifiee,
            f"{champ}.dateNotificationModification",
            ARRETE_MARCHES,
        )
        yield from _publication(
            notifiee,
            modification.date_publication_donnees_modification,
            f"{champ}.datePublicationDonneesModification",
        )


def _publication(acte: date, publication: date, champ: str) -> Iterator[_Constat]:
    """Jamais avant la notification ; dans les deux mois qui la suivent."""
    if publication < acte:
        phrase = (
            f"Les données sont dites publiées le {publication:%d/%m/%Y}, "
            f"avant la notification du {acte:%d/%m/%Y}."
        )
        yield _Constat(champ=champ, phrase=phrase, remede="Vérifiez les deux dates.", source=DELAI)
    elif acte.year < date.max.year and publication > (limite := ajouter(acte, DELAI_EN_MOIS)):
        yield _Constat(
            champ=champ,
            phrase=(
                f"La publication du {publication:%d/%m/%Y} vient après le délai de deux mois, "
                f"fini le {limite:%d/%m/%Y}."
            ),
            remede="Vérifiez la date ; si elle est juste, le retard reste à savoir.",
            source=DELAI,
            est_une_erreur=False,
        )


def _pas_avant(origine: date, jour: date, champ: str, source: str) -> Iterator[_Constat]:
    if jour < origine:
        phrase = f"La date du {jour:%d/%m/%Y} est avant celle du contrat, le {origine:%d/%m/%Y}."
        yield _Constat(champ=champ, phrase=phrase, remede="Vérifiez les deux dates.", source=source)


def _modifications(marche: Marche) -> Iterator[_Constat]:
    numeros = [(ligne.id, ligne.date_notification_modification) for ligne in marche.modifications]
    yield from _suite(numeros, "modifications", "modification", ARRETE_MARCHES)
    for rang, ligne in enumerate(marche.modifications, start=1):
        if ligne.duree_mois is None and ligne.montant is None and not ligne.titulaires:
            yield _sans_effet(f"modifications[{rang}].modification", ARRETE_MARCHES)


def _modifications_de_concession(concession: Concession) -> Iterator[_Constat]:
    numeros = [(ligne.id, ligne.date_signature_modification) for ligne in concession.modifications]
    yield from _suite(numeros, "modifications", "modification", ARRETE_CONCESSIONS)
    for rang, ligne in enumerate(concession.modifications, start=1):
        if ligne.duree_mois is None and ligne.valeur_globale is None:
            yield _sans_effet(f"modifications[{rang}].modification", ARRETE_CONCESSIONS)


def _sans_effet(champ: str, source: str) -> _Constat:
    return _Constat(
        champ=champ,
        phrase="La modification ne dit ni durée, ni montant, ni titulaire nouveau.",
        remede="Dites ce qui change.",
        source=source,
        est_une_erreur=False,
    )


def _suite(
    numeros: list[tuple[int, date]], champ: str, enveloppe: str, source: str
) -> Iterator[_Constat]:
    """Les numéros sont uniques, et croissent dans l'ordre des notifications."""
    for rang, ((avant, jour_avant), (numero, jour)) in enumerate(pairwise(numeros), start=2):
        if numero <= avant:
            quoi = (
                f"Le numéro {numero} sert deux fois."
                if numero == avant
                else f"Le numéro {numero} vient après {avant}."
            )
            yield _Constat(
                champ=f"{champ}[{rang}].{enveloppe}.id",
                phrase=quoi,
                remede="Numérotez-les dans l'ordre des notifications, chacune une fois.",
                source=source,
            )
        elif jour < jour_avant:
            yield _Constat(
                champ=f"{champ}[{rang}].{enveloppe}.id",
                phrase=(
                    f"Le numéro {numero}, du {jour:%d/%m/%Y}, suit le {avant}, "
                    f"du {jour_avant:%d/%m/%Y}."
                ),
                remede="Les numéros suivent l'ordre des dates : vérifiez-les.",
                source=source,
                est_une_erreur=False,
            )


def _actes(marche: Marche) -> Iterator[_Constat]:
    actes = marche.actes_sous_traitance
    numeros = [(acte.id, acte.date_notification) for acte in actes]
    yield from _suite(numeros, "actesSousTraitance", "acteSousTraitance", ARRETE_MARCHES)
    connus = {acte.id for acte in actes}
    for rang, ligne in enumerate(marche.modifications_actes_sous_traitance, start=1):
        champ = f"modificationsActesSousTraitance[{rang}].modificationActeSousTraitance"
        if ligne.id not in connus:
            yield _Constat(
                champ=f"{champ}.id",
                phrase=(
                    f"L'acte de sous-traitance n° {ligne.id}, dit modifié, "
                    "n'est pas dans « actesSousTraitance »."
                ),
                remede="Ajoutez l'acte, ou corrigez son numéro.",
                source=ARRETE_MARCHES,
            )
        yield from _publication(
            ligne.date_notification_modification_sous_traitance,
            ligne.date_publication_donnees,
            f"{champ}.datePublicationDonnees",
        )
    for rang, acte in enumerate(actes, start=1):
        champ = f"actesSousTraitance[{rang}].acteSousTraitance.datePublicationDonnees"
        yield from _publication(acte.date_notification, acte.date_publication_donnees, champ)


def _dates_de_concession(concession: Concession) -> Iterator[_Constat]:
    if concession.date_publication_donnees > concession.date_debut_execution:
        yield _Constat(
            champ="datePublicationDonnees",
            phrase="Les données sont dites publiées après le début de l'exécution.",
            remede="Vérifiez la date ; si elle est juste, le retard reste à savoir.",
            source=DELAI_CONCESSION,
            est_une_erreur=False,
        )
    if concession.date_publication_donnees < concession.date_signature:
        yield _Constat(
            champ="datePublicationDonnees",
            phrase="Les données sont dites publiées avant la signature du contrat.",
            remede="Vérifiez les deux dates.",
            source=DELAI_CONCESSION,
        )
    for rang, ligne in enumerate(concession.modifications, start=1):
        champ = f"modifications[{rang}].modification"
        signee = ligne.date_signature_modification
        yield from _pas_avant(
            concession.date_signature,
            signee,
            f"{champ}.dateSignatureModification",
            ARRETE_CONCESSIONS,
        )
        yield from _publication(
            signee,
            ligne.date_publication_donnees_modification,
            f"{champ}.datePublicationDonneesModification",
        )
