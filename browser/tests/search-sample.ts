// A small index: two pages about lending in a library.
import type { IndexFile } from "../search/index-file";

export function sampleIndex(): IndexFile {
  const words = new Proxy({}, { get: (_, key) => (key === "kinds" || key === "filters" ? words : String(key)) });
  return {
    language: "ja",
    languages: { ja: "日本語", en: "English" },
    words: words as unknown as IndexFile["words"],
    status: { draft: "案", adopted: "決定", superseded: "置換え済み" },
    statusClasses: {},
    audiences: { reader: "利用者", staff: "職員" },
    spellings: [
      ["貸出", "貸し出し", "貸出し"],
      ["organisation", "organization"],
    ],
    sources: [["図書館規則", "2024-04-01"]],
    pages: [
      {
        path: "terms.html",
        id: "terms",
        audience: ["reader", "staff"],
        status: "adopted",
        sections: [
          { title: "用語", text: "図書館で使うことばです。" },
          {
            id: "loan",
            title: "貸出",
            kind: "term",
            status: "adopted",
            source: 0,
            text: "資料を館の外へ持ち出して使うことです。\n貸出の期間は<b>2週間</b>です。督促の前に連絡します。",
            names: ["Loan", "LN", "館外貸出", "貸し出しサービス"],
            readings: ["かしだし", "kashidashi"],
          },
          {
            id: "reference-service",
            title: "レファレンス・サービス",
            kind: "term",
            status: "draft",
            text: "調べものを手伝うことです。",
            names: ["Reference service", "RS"],
            readings: ["れふぁれんすさーびす", "refarensu sabisu"],
          },
        ],
      },
      {
        path: "rules/borrowing.html",
        id: "borrowing",
        audience: ["reader"],
        status: "draft",
        sections: [
          { title: "借りるとき", text: "利用者は、貸出カードを見せます。館外貸出は10冊までです。" },
          {
            id: "old",
            title: "以前の規則",
            text: "貸出の期間は1週間でした。",
            superseded: 1,
            kind: "measure",
            status: "superseded",
          },
          {
            id: "new",
            title: "今の規則",
            text: "貸出の期間は2週間です。loans of periodicals; an interlibrary request",
            kind: "measure",
            status: "adopted",
          },
        ],
      },
    ],
  };
}
