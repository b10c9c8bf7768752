// Variant characters, such as old forms and forms in personal names, each followed by its common form.
// Unicode's compatibility mapping (NFKC) distinguishes them; people who type names do not.
const PAIRS =
  "髙高﨑崎嵜崎濵浜濱浜邊辺邉辺齋斎齊斉澤沢櫻桜廣広國国學学舊旧體体圓円會会惠恵榮栄嶋島冨富峯峰渕淵曾曽瀧滝龍竜眞真來来實実寶宝" +
  "藏蔵佛仏關関經経濟済總総縣県假仮應応價価變変發発萬万與与譽誉證証參参將将專専對対點点當当黨党獨独燈灯讀読禮礼勞労檢検權権驗験" +
  "險険劍剣嚴厳號号顯顕壓圧團団圖図數数處処狀状條条淨浄盡尽靜静雜雑醫医齡齢歐欧區区戰戦單単擔担轉転傳伝鐵鉄繼継續続屬属樣様藝芸" +
  "驛駅龜亀鹽塩壽寿晉晋槇槙堯尭遙遥祿禄彌弥稻稲德徳橫横淸清";

/** The code of the common form by the code of a variant. */
export const COMMON_FORM: ReadonlyMap<number, number> = new Map(
  Array.from({ length: PAIRS.length / 2 }, (_, index) => [
    PAIRS.charCodeAt(2 * index),
    PAIRS.charCodeAt(2 * index + 1),
  ]),
);
