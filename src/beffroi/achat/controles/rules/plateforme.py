"""L'adresse de la plateforme, l'accès au dossier, la voie de remise,
l'aide : RC-05 à RC-08 et RC-48.
"""

import re
from urllib.parse import urlsplit

from stdnum.fr import siret as numero_siret

from beffroi.achat.controles.rules.constat import Ecart, Fonctions, Gravite, Impossible, Reponses
from beffroi.achat.controles.rules.faits import Projet, Reglement
from beffroi.achat.controles.rules.mentions import absence
from beffroi.achat.relectures.rules import reperage
from beffroi.achat.relectures.rules.reperage import Trouvaille, plier

_REMISE = re.compile(r"\b(?:depos\w+|remis\w*|remettre|remises?|transm\w+|envoy\w+)\b")
_REPONSES = re.compile(r"\b(?:plis?|offres?|candidatures?|reponses?|propositions?)\b")
_OFFICIELS = ("gouv.fr", "boamp.fr", "europa.eu", "ted.europa.eu")
_OBJETS_MATERIELS = re.compile(
    r"\bechantillons?\b|\bmaquettes?\b|\bprototypes?\b|\bplans?\s+reliefs?\b"
)


def hote(adresse: str) -> str:
    return (urlsplit(adresse).hostname or "").removeprefix("www.")


def _adresse_du_projet(projet: Projet) -> Reponses:
    plateforme, acheteur = projet.achat.plateforme, projet.achat.acheteur
    if not plateforme.adresse_de_la_consultation:
        yield Impossible("L'adresse de la consultation n'est pas encore connue.")
    elif hote(plateforme.adresse_de_la_consultation) != hote(plateforme.adresse):
        yield Ecart(
            quoi="L'adresse de la consultation n'est pas sur la plateforme.",
            trouve=plateforme.adresse_de_la_consultation,
            attendu=plateforme.adresse,
            remede="Reprenez l'adresse donnée par la plateforme.",
        )
    if not numero_siret.is_valid(acheteur.siret):
        yield Ecart(
            quoi="Le numéro SIRET de l'acheteur n'est pas valable.",
            champ="acheteur.siret",
            trouve=acheteur.siret,
            attendu="quatorze chiffres, clé comprise",
            remede="Corrigez le numéro SIRET dans la fiche de l'organisme.",
        )


def _adresse_du_texte(projet: Projet, reglement: Reglement) -> Reponses:
    plateforme = projet.achat.plateforme
    if not plateforme.adresse:
        yield Impossible("L'adresse de la plateforme n'est pas connue.")
        return
    chemin = urlsplit(plateforme.adresse_de_la_consultation).path.rstrip("/")
    les_siens = [site for site in reglement.sites if site.valeur.hote == hote(plateforme.adresse)]
    if not les_siens:
        yield absence(
            "Le règlement ne donne pas l'adresse de la plateforme.",
            attendu=plateforme.adresse_de_la_consultation or plateforme.adresse,
            remede="Écrivez l'adresse complète de la consultation dans le règlement.",
        )
    ailleurs = [
        s
        for s in les_siens
        if _meme_sorte_de_page(s.valeur.chemin, chemin) and s.valeur.chemin != chemin
    ]
    for site in ailleurs:
        yield Ecart(
            quoi="Le règlement donne l'adresse d'une autre consultation.",
            ou=site,
            attendu=plateforme.adresse_de_la_consultation,
            remede="Remplacez cette adresse par celle de la consultation.",
        )
    if (
        les_siens
        and chemin
        and not ailleurs
        and all(site.valeur.chemin != chemin for site in les_siens)
    ):
        yield Ecart(
            quoi="Le règlement donne l'adresse de la plateforme, pas celle de la consultation.",
            ou=les_siens[0],
            attendu=plateforme.adresse_de_la_consultation,
            remede="Écrivez l'adresse complète de la consultation.",
            gravite=Gravite.AVERTISSEMENT,
        )
    yield from _siret_du_texte(projet, reglement)
    yield from _signataire_du_texte(projet, reglement)


def _signataire_du_texte(projet: Projet, reglement: Reglement) -> Reponses:
    """Le règlement d'avant de nouvelles clés ferait refuser les vraies
    à qui les compare à ce qu'il imprime.
    """
    attendue = projet.achat.plateforme.signataire_des_cles
    ecrites = reperage.empreintes(reglement.texte)
    if not attendue or any(ecrite.valeur == attendue for ecrite in ecrites):
        return
    for ecrite in ecrites:
        if "signe" in plier(ecrite.phrase):
            yield Ecart(
                quoi="Le règlement donne l'empreinte d'une personne qui n'a pas signé les clés.",
                champ="plateforme.signataire_des_cles",
                ou=ecrite,
                attendu=attendue,
                remede="Les clés ont changé : faites écrire de nouveau le règlement.",
            )


def _meme_sorte_de_page(chemin: str, attendu: str) -> bool:
    """« /consultations/2026-0141 » et « /consultations/2026-0142 » :
    la même page, d'une autre consultation.
    """
    return (
        bool(attendu)
        and chemin.count("/") == attendu.count("/")
        and chemin.rpartition("/")[0] == attendu.rpartition("/")[0]
    )


def _siret_du_texte(projet: Projet, reglement: Reglement) -> Reponses:
    """Un SIRET n'est le sien que si sa clé est juste ;
    les membres d'un groupement de commandes ont les leurs.
    """
    ecrits = [
        s
        for s in reperage.sirets(reglement.texte)
        if "siret" in plier(s.phrase) and numero_siret.is_valid(s.valeur)
    ]
    if any(ecrit.valeur == projet.achat.acheteur.siret for ecrit in ecrits):
        return
    for ecrit in ecrits:
        yield Ecart(
            quoi="Le règlement donne un autre numéro SIRET que celui de l'acheteur.",
            champ="acheteur.siret",
            ou=ecrit,
            attendu=projet.achat.acheteur.siret,
            remede="Corrigez le numéro dans le règlement, ou publiez depuis le bon compte.",
            doute="Ce peut être celui d'un membre du groupement."
            if projet.achat.groupement_de_commandes
            else "",
        )


def _autre_profil(projet: Projet, reglement: Reglement) -> Reponses:
    le_sien = hote(projet.achat.plateforme.adresse)
    for cite in reperage.profils_cites(reglement.texte):
        if not cite.valeur.reconnait(le_sien):
            yield Ecart(
                quoi=f"Le règlement cite un autre profil d'acheteur : {cite.valeur.nom}.",
                ou=cite,
                attendu=projet.achat.plateforme.adresse,
                remede="Remplacez cette adresse par celle de la plateforme.",
                doute=""
                if _sert_a_remettre(cite)
                else "La phrase ne parle pas de remettre une réponse.",
            )
    for site in reglement.sites:
        if _est_etranger(site.valeur.hote, le_sien) and _fait_remettre(site):
            yield Ecart(
                quoi="Le règlement donne une autre adresse pour remettre une réponse.",
                ou=site,
                attendu=projet.achat.plateforme.adresse_de_la_consultation,
                remede="Remplacez cette adresse par celle de la consultation.",
                doute="Cette adresse n'est pas celle d'un profil d'acheteur connu.",
            )
    if not projet.achat.depot_sur_papier and not projet.achat.est_une_concession:
        permis = _permises(reglement, "dépôt sur papier")
        for adresse in reglement.adresses_postales if permis else ():
            if any(_contient(papier, adresse) for papier in permis):
                yield Ecart(
                    quoi="Le règlement donne une adresse postale pour remettre une réponse.",
                    ou=adresse,
                    attendu=projet.achat.plateforme.adresse_de_la_consultation,
                    remede="Ôtez cette adresse : les réponses se remettent en ligne.",
                )


def _permises(reglement: Reglement, voie: reperage.Sujet) -> list[Trouvaille[reperage.Mention]]:
    return [mention for mention in reglement.mentions(voie) if not mention.valeur.niee]


def _contient(
    phrase: Trouvaille[reperage.Mention], autre: Trouvaille[reperage.AdressePostale]
) -> bool:
    return phrase.paragraphe == autre.paragraphe and phrase.debut <= autre.debut < phrase.fin


def _sert_a_remettre(trouvaille: Trouvaille[reperage.Profil]) -> bool:
    autour = plier(f"{trouvaille.paragraphe.titre} {trouvaille.phrase}")
    return bool(
        _REMISE.search(autour)
        or re.search(r"profil|plate-?forme|demat|telecharg|retir|dossier", autour)
    )


def _fait_remettre(site: Trouvaille[reperage.SiteEcrit]) -> bool:
    phrase = plier(site.phrase)
    return bool(_REMISE.search(phrase) and _REPONSES.search(phrase))


def _est_etranger(ecrit: str, le_sien: str) -> bool:
    if ecrit == le_sien or reperage.profil_de(ecrit) is not None:
        return False
    return not any(ecrit == officiel or ecrit.endswith(f".{officiel}") for officiel in _OFFICIELS)


def _papier_du_projet(projet: Projet) -> Reponses:
    achat = projet.achat
    permis = (
        achat.est_une_concession
        or achat.services_sociaux_ou_specifiques
        or achat.procedure == "sans_publicite"
        or bool(achat.offre.echantillons or achat.documents_hors_profil)
    )
    if achat.depot_sur_papier and not permis:
        yield Ecart(
            quoi="Le dépôt sur papier est permis hors des cas que la fiche laisse voir.",
            champ="depot_sur_papier",
            trouve=achat.depot_sur_papier,
            attendu="un des sept cas de l'article R. 2132-12",
            remede="Dites lequel des cas s'applique, ou revenez à la voie électronique.",
            doute="Le motif est écrit librement : une personne doit le lire.",
        )


def _papier_du_texte(projet: Projet, reglement: Reglement) -> Reponses:
    """Hors des cas permis, une réponse ne se remet que par voie électronique (CCP,
    art. R. 2132-7 et R. 2132-12).
    """
    if projet.achat.est_une_concession:
        return
    voies = [("par courriel ou télécopie", _permises(reglement, "dépôt par courriel"))]
    if not projet.achat.depot_sur_papier:
        voies.append(("sur papier", _permises(reglement, "dépôt sur papier")))
    for voie, phrases in voies:
        for phrase in phrases:
            if _OBJETS_MATERIELS.search(plier(phrase.phrase)):
                continue
            yield Ecart(
                quoi=f"Le règlement permet de remettre une réponse {voie}.",
                ou=phrase,
                attendu="une remise en ligne, sur la plateforme",
                remede="Ôtez cette phrase, ou dites le cas de l'article R. 2132-12 qui la permet.",
                doute=_doute_de_la_voie(phrase),
            )


def _doute_de_la_voie(phrase: Trouvaille[reperage.Mention]) -> str:
    plie = plier(phrase.phrase)
    if re.search(
        r"\baccuse\w*\s+de\s+reception|\bquestions?\b|\bnotif\w+|\binform\w+|\bconfirm\w+"
        r"|\bdematerialis\w+|\belectronique\w*",
        plie,
    ):
        return "La phrase parle aussi d'autre chose que de remettre une réponse."
    return ""


FONCTIONS = {
    "RC-05": Fonctions(projet=_adresse_du_projet, comparaison=_adresse_du_texte),
    "RC-06": Fonctions(comparaison=_autre_profil),
    "RC-07": Fonctions(projet=_papier_du_projet, comparaison=_papier_du_texte),
}
